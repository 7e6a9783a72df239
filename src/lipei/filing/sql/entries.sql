-- Entries: numbered and hashed by the database itself, so that nobody who can only insert can forge a chain.
CREATE OR REPLACE FUNCTION lipei_entry_hash(e entry) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(e.prev_hash
    || convert_to(concat_ws(E'\x1f', e.file_id, e.number, e.kind, e.version,
         (extract(epoch FROM e.at) * 1000000)::bigint, (extract(epoch FROM e.recorded_at) * 1000000)::bigint,
         e.by_kind, e.by_ref, e.by_name, e.why, e.command, e.verb, coalesce(e.caused_by_id::text, ''), e.plain), 'UTF8')
    || coalesce(e.personal_digest, ''::bytea) || e.history_digest)
$$;

CREATE OR REPLACE FUNCTION lipei_entry_append() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  running text := current_setting('lipei.command', true);
  head file_head;
BEGIN
  IF running IS NULL OR running = '' OR running::uuid <> NEW.command THEN
    RAISE EXCEPTION 'lipei: an entry outside its command' USING ERRCODE = 'LP001';
  END IF;
  IF abs(extract(epoch FROM NEW.at - now())) > 300
     AND NOT EXISTS (SELECT 1 FROM launch.marks WHERE name = 'kind' AND value = 'demo') THEN
    RAISE EXCEPTION 'lipei: only a demo database accepts a shifted clock' USING ERRCODE = 'LP003';
  END IF;
  SELECT * INTO head FROM file_head WHERE file_id = NEW.file_id FOR UPDATE;
  NEW.number := head.length + 1;
  NEW.prev_hash := head.hash;
  NEW.recorded_at := date_trunc('microseconds', clock_timestamp());
  NEW.history_digest := lipei_history_digest(NEW.command);
  NEW.hash := lipei_entry_hash(NEW);
  UPDATE file_head SET length = NEW.number, hash = NEW.hash WHERE file_id = NEW.file_id;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION lipei_file_opened() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO file_head (file_id, length, hash) VALUES (NEW.id, 0, sha256(convert_to(NEW.id::text, 'UTF8')));
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS entry_append ON entry;
CREATE TRIGGER entry_append BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION lipei_entry_append();
DROP TRIGGER IF EXISTS file_opened ON file;
CREATE TRIGGER file_opened AFTER INSERT ON file FOR EACH ROW EXECUTE FUNCTION lipei_file_opened();
