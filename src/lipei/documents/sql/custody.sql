-- Each paper is always in exactly one place: hand-overs form one unbroken chain, are never changed, and the paper repeats the last one.
CREATE OR REPLACE FUNCTION lipei_hand_over_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last custody;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'lipei: a hand-over is never changed' USING ERRCODE = 'LP007';
  END IF;
  SELECT * INTO last FROM custody WHERE document_id = NEW.document_id ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1 THEN
    RAISE EXCEPTION 'lipei: hand-over % does not follow %', NEW.number, coalesce(last.number, 0) USING ERRCODE = 'LP007';
  END IF;
  IF last.number IS NOT NULL AND (last.keeping NOT IN ('kept', 'out') OR last.to_hands <> NEW.from_hands) THEN
    RAISE EXCEPTION 'lipei: the paper is not in the hands of %', NEW.from_hands USING ERRCODE = 'LP007';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION lipei_paper_in_one_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  paper_id bigint := CASE WHEN TG_TABLE_NAME = 'custody' THEN (to_jsonb(NEW) ->> 'document_id')::bigint ELSE (to_jsonb(NEW) ->> 'id')::bigint END;
  paper document;
  last custody;
BEGIN
  SELECT * INTO paper FROM document WHERE id = paper_id;
  SELECT * INTO last FROM custody WHERE document_id = paper_id ORDER BY number DESC LIMIT 1;
  IF last.number IS NULL OR paper.keeping <> last.keeping OR paper.place <> last.place OR paper.branch_id IS DISTINCT FROM last.branch_id THEN
    RAISE EXCEPTION 'lipei: paper % is not where its last hand-over says', paper.custody_number USING ERRCODE = 'LP007';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS hand_over_follows ON custody;
CREATE TRIGGER hand_over_follows BEFORE INSERT OR UPDATE OR DELETE ON custody
  FOR EACH ROW EXECUTE FUNCTION lipei_hand_over_follows();
DROP TRIGGER IF EXISTS paper_in_one_place ON custody;
CREATE CONSTRAINT TRIGGER paper_in_one_place AFTER INSERT ON custody
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lipei_paper_in_one_place();
DROP TRIGGER IF EXISTS paper_in_one_place ON document;
CREATE CONSTRAINT TRIGGER paper_in_one_place AFTER INSERT OR UPDATE ON document
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lipei_paper_in_one_place();

-- A receipt is what was handed to somebody: it is never changed.
CREATE OR REPLACE FUNCTION lipei_receipt_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'lipei: a receipt is never changed' USING ERRCODE = 'LP007';
END $$;
DROP TRIGGER IF EXISTS receipt_stands ON custody_receipt;
CREATE TRIGGER receipt_stands BEFORE UPDATE OR DELETE ON custody_receipt
  FOR EACH ROW EXECUTE FUNCTION lipei_receipt_stands();
