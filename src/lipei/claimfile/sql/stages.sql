-- The stage of a claim moves only along the one table of stages, and only when every milestone it needs is valid.
CREATE OR REPLACE FUNCTION lipei_stage_moves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  steps int;
  lacking text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.stage <> 'reported' AND current_setting('lipei.loading', true) IS DISTINCT FROM 'yes' THEN
      RAISE EXCEPTION 'lipei: a claim begins as reported, not as %', NEW.stage USING ERRCODE = 'LP004';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.stage = OLD.stage THEN RETURN NEW; END IF;
  SELECT count(*) INTO steps FROM stage_step WHERE from_stage = OLD.stage AND to_stage = NEW.stage;
  IF steps = 0 THEN
    RAISE EXCEPTION 'lipei: no step leads from % to %', OLD.stage, NEW.stage USING ERRCODE = 'LP004';
  END IF;
  SELECT string_agg(need, ', ') INTO lacking
  FROM stage_step s, jsonb_array_elements_text(s.needs) need
  WHERE s.from_stage = OLD.stage AND s.to_stage = NEW.stage
    AND NOT EXISTS (SELECT 1 FROM milestone m WHERE m.claim_id = NEW.id AND m.kind = need AND m.is_valid);
  IF lacking IS NOT NULL THEN
    RAISE EXCEPTION 'lipei: % needs %', NEW.stage, lacking USING ERRCODE = 'LP005';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS stage_moves ON claim;
CREATE TRIGGER stage_moves BEFORE INSERT OR UPDATE OF stage ON claim
  FOR EACH ROW EXECUTE FUNCTION lipei_stage_moves();
