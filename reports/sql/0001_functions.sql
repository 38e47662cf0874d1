CREATE FUNCTION reports_seal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'superseded_by_id', 'withdrawal_reason', 'withdrawn_at', 'withdrawn_by_id'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'recap % is sealed: DELETE refused', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'recap % is sealed: only its state and successor change', OLD.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state <> OLD.state AND NOT (
        (OLD.state = 'current' AND NEW.state IN ('superseded', 'withdrawn'))
        OR (OLD.state = 'superseded' AND NEW.state = 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'recap % cannot go from % to %', OLD.number, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.superseded_by_id IS NOT NULL AND NEW.superseded_by_id IS DISTINCT FROM OLD.superseded_by_id)
        OR (OLD.state = 'withdrawn' AND (
            NEW.withdrawal_reason <> OLD.withdrawal_reason OR NEW.withdrawn_at <> OLD.withdrawn_at
            OR NEW.withdrawn_by_id IS DISTINCT FROM OLD.withdrawn_by_id
        ))
    THEN
        RAISE EXCEPTION 'recap %: successor and withdrawal are recorded once', OLD.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
