-- Row history: one trigger function for every table of Lipei.
-- It refuses a write outside a command (the transaction-local setting `lipei.command` is missing)
-- and otherwise keeps the old row and a digest of the new one. SECURITY DEFINER: the program's role may not write here itself.
-- TG_ARGV[0]: the primary key's column; TG_ARGV[1]: derived columns left out of row and digest (search vectors, sort keys), as '{a,b}'.
-- A write that changes nothing but derived columns leaves no row.
CREATE OR REPLACE FUNCTION lipei_row_digest(content jsonb) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(content::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION lipei_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  running text := current_setting('lipei.command', true);
  before jsonb;
  after jsonb;
BEGIN
  IF running IS NULL OR running = '' THEN
    RAISE EXCEPTION 'lipei: a write to "%" outside a command', TG_TABLE_NAME USING ERRCODE = 'LP001';
  END IF;
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'lipei: "%" cannot be truncated', TG_TABLE_NAME USING ERRCODE = 'LP002';
  END IF;
  IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD) - TG_ARGV[1]::text[]; END IF;
  IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW) - TG_ARGV[1]::text[]; END IF;
  IF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;
  INSERT INTO row_history (table_name, row_key, operation, old_row, old_digest, new_digest, command, db_role, recorded_at)
  VALUES (TG_TABLE_NAME, coalesce(after, before) ->> TG_ARGV[0], TG_OP, before,
          CASE WHEN before IS NULL THEN NULL ELSE lipei_row_digest(before) END,
          CASE WHEN after IS NULL THEN NULL ELSE lipei_row_digest(after) END,
          running::uuid, session_user, clock_timestamp());
  RETURN NULL;
END $$;

-- The statement-level form for bulk doors: same rows, one statement.
CREATE OR REPLACE FUNCTION lipei_history_of_inserts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  running text := current_setting('lipei.command', true);
BEGIN
  IF running IS NULL OR running = '' THEN
    RAISE EXCEPTION 'lipei: a write to "%" outside a command', TG_TABLE_NAME USING ERRCODE = 'LP001';
  END IF;
  INSERT INTO row_history (table_name, row_key, operation, old_row, old_digest, new_digest, command, db_role, recorded_at)
  SELECT TG_TABLE_NAME, (to_jsonb(n) ->> TG_ARGV[0]), 'INSERT', NULL, NULL, lipei_row_digest(to_jsonb(n) - TG_ARGV[1]::text[]),
         running::uuid, session_user, clock_timestamp()
  FROM inserted n;
  RETURN NULL;
END $$;

-- The digest of all that one command changed: covered by the hash of each of its entries.
CREATE OR REPLACE FUNCTION lipei_history_digest(of_command uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT sha256(coalesce(string_agg(
    convert_to(concat_ws(E'\x1f', table_name, row_key, operation, db_role), 'UTF8')
      || coalesce(old_digest, ''::bytea)
      || coalesce(new_digest, ''::bytea), E'\\x1e'::bytea ORDER BY id), ''::bytea))
  FROM row_history WHERE command = of_command
$$;
