-- Rollups are written by journal.rollups alone, which says so for its transaction. An import opens closed days again.
CREATE FUNCTION journal_only_rollups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND current_setting('journal.rolling', true) = 'on' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'journal_closedday' AND pg_trigger_depth() > 1 THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is written by the rollups alone: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', HINT = 'manage.py rollups --rebuild makes them again from the entries.';
END $$;

CREATE OR REPLACE FUNCTION journal_share_posting_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(%POSTING_LOCK%);
    -- Only an import brings entries of days that are over: no rollup of one is made meanwhile.
    IF current_user = '%IMPORTER_ROLE%' THEN
        PERFORM pg_advisory_xact_lock_shared(%ROLLUP_LOCK%);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION journal_stamp_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sealed timestamptz;
    closed date;
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
        DELETE FROM journal_closedday
        WHERE edition_id = NEW.edition_id AND day >= (NEW.recorded_at AT TIME ZONE 'Asia/Jakarta')::date;
        RETURN NEW;
    END IF;
    SELECT max(day) INTO closed FROM journal_closedday WHERE edition_id = NEW.edition_id;
    -- A clock that was set back must not put an entry behind a seal or into a closed day, nor refuse a payment that
    -- did happen.
    NEW.recorded_at := greatest(clock_timestamp(), sealed, (closed + 1)::timestamp AT TIME ZONE 'Asia/Jakarta');
    RETURN NEW;
END $$;
