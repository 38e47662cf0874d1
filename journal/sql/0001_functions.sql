CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', HINT = 'Post a reversal or a correction instead.';
END $$;

CREATE FUNCTION journal_share_posting_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(%POSTING_LOCK%);
    RETURN NULL;
END $$;

CREATE FUNCTION journal_stamp_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sealed timestamptz;
BEGIN
    SELECT recorded_until INTO sealed FROM journal_sealeduntil WHERE edition_id = NEW.edition_id;
    IF NEW.source_kind = 'import' AND current_user = '%IMPORTER_ROLE%' AND NEW.recorded_at IS NOT NULL THEN
        IF NEW.recorded_at > clock_timestamp() THEN
            RAISE EXCEPTION 'recorded_at % lies in the future', NEW.recorded_at
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.recorded_at < sealed THEN
            RAISE EXCEPTION 'recorded_at % lies behind a seal (sealed until %)', NEW.recorded_at, sealed
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    -- A clock that was set back must not put an entry behind a seal, nor refuse a payment that did happen.
    NEW.recorded_at := greatest(clock_timestamp(), sealed);
    RETURN NEW;
END $$;

CREATE FUNCTION journal_seal_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a seal cannot be taken back' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.edition_id <> OLD.edition_id OR NEW.recorded_until < OLD.recorded_until THEN
        RAISE EXCEPTION 'a seal only moves forward (sealed until %)', OLD.recorded_until
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
