-- The ledger balances: at the end of a transaction the postings of each booking sum to zero, per currency.
CREATE OR REPLACE FUNCTION lipei_booking_balances() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  rest record;
BEGIN
  FOR rest IN SELECT currency, sum(amount) AS total FROM posting WHERE booking = NEW.booking
              GROUP BY currency HAVING sum(amount) <> 0 LOOP
    RAISE EXCEPTION 'lipei: booking % is out of balance by % %', NEW.booking, rest.total, rest.currency USING ERRCODE = 'LP006';
  END LOOP;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS booking_balances ON posting;
CREATE CONSTRAINT TRIGGER booking_balances AFTER INSERT ON posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lipei_booking_balances();
