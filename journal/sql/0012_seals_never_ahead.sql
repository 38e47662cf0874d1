-- What lies ahead of the clock would have every later entry recorded ahead of it, where no recap looks.
CREATE OR REPLACE FUNCTION journal_seal_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a seal cannot be taken back' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.edition_id <> OLD.edition_id THEN
            RAISE EXCEPTION 'a seal only moves forward (sealed until %)', OLD.recorded_until
                USING ERRCODE = 'restrict_violation';
        END IF;
        -- A clock that was set back: what was sealed before stays sealed.
        IF NEW.recorded_until = OLD.recorded_until THEN
            RETURN NEW;
        END IF;
        IF NEW.recorded_until < OLD.recorded_until THEN
            -- Only what no clock explains is taken back, and never to before now: so nothing sealed is opened.
            IF OLD.recorded_until <= clock_timestamp() + interval '1 day'
                OR NEW.recorded_until < clock_timestamp() - interval '1 minute' THEN
                RAISE EXCEPTION 'a seal only moves forward (sealed until %)', OLD.recorded_until
                    USING ERRCODE = 'restrict_violation';
            END IF;
            NEW.recorded_until := clock_timestamp();
            RETURN NEW;
        END IF;
    END IF;
    IF NEW.recorded_until > clock_timestamp() THEN
        RAISE EXCEPTION 'a seal cannot lie ahead of the clock (%)', NEW.recorded_until
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
