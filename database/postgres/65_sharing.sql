-- Sharing (共享、借阅) and delegation (委托): rows that officers write themselves, under guards.
CREATE FUNCTION oa.share_alive(d bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT EXISTS (SELECT FROM share s WHERE s.document_id = d AND s.ended_at IS NULL AND s.ends_on >= (clock_timestamp() AT TIME ZONE interval '8 hours')::date AND number_of(s.principal) = ANY (mine())) $$;
CREATE FUNCTION oa.share_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); x document; kind text := split_part(NEW.principal, ':', 1); days int := (SELECT (value->>'days')::int FROM rule_value WHERE key = 'share'); n int;
BEGIN
  SELECT * INTO x FROM document WHERE id = NEW.document_id;
  IF NOT (x.readers && mine() AND x.state IN ('filed', 'closed')) IS TRUE THEN PERFORM refuse('only a finished document that you handled is shared'); END IF;
  IF NEW.principal !~ '^(person|unit):[1-9][0-9]{0,8}$' THEN PERFORM refuse('shared with a person or a unit'); END IF;
  n := split_part(NEW.principal, ':', 2)::int;
  IF kind = 'person' AND (NOT EXISTS (SELECT FROM account WHERE id = n AND active) OR is_guardian(n)) OR kind = 'unit' AND NOT EXISTS (SELECT FROM unit WHERE id = n) THEN PERFORM refuse('nobody to share with'); END IF;
  IF NOT NEW.ends_on BETWEEN today() AND today() + days OR btrim(NEW.reason) = '' THEN PERFORM refuse('for a time and a reason'); END IF;
  NEW.given_by := m; NEW.given_at := now(); NEW.ended_at := NULL; NEW.ended_by := NULL;
  RETURN NEW;
END $$;
CREATE FUNCTION oa.share_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); organ int := (SELECT organ_id FROM document WHERE id = OLD.document_id);
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR (NEW.id, NEW.document_id, NEW.principal, NEW.given_by, NEW.given_at, NEW.ends_on, NEW.reason)
    IS DISTINCT FROM (OLD.id, OLD.document_id, OLD.principal, OLD.given_by, OLD.given_at, OLD.ends_on, OLD.reason) THEN PERFORM refuse('a share is ended, once'); END IF;
  IF OLD.given_by <> m AND NOT has_role(m, 'leader', organ) AND NOT has_role(m, 'archivist', organ) THEN PERFORM refuse('not yours to end'); END IF;
  NEW.ended_at := now(); NEW.ended_by := m;
  RETURN NEW;
END $$;
CREATE FUNCTION oa.share_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  UPDATE document SET guests = ARRAY(SELECT DISTINCT number_of(s.principal) FROM share s WHERE s.document_id = NEW.document_id AND s.ended_at IS NULL) WHERE id = NEW.document_id;
  IF TG_OP = 'INSERT' THEN
    PERFORM note('d' || NEW.document_id, 'share', jsonb_build_object('to', label(NEW.principal), 'until', NEW.ends_on, 'reason', NEW.reason)::text, NEW.document_id);
  ELSIF NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL THEN
    PERFORM note('d' || NEW.document_id, 'share_end', jsonb_build_object('to', label(NEW.principal))::text, NEW.document_id);
  END IF;
  PERFORM pg_notify('oa_' || number_of(NEW.principal), '');
  RETURN NULL;
END $$;

CREATE FUNCTION oa.delegation_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); days int := (SELECT (value->>'days')::int FROM rule_value WHERE key = 'delegation');
BEGIN
  IF NEW.from_id <> m OR is_guardian(m) THEN PERFORM refuse('one delegates what is one''s own'); END IF;
  IF NOT EXISTS (SELECT FROM account WHERE id = NEW.to_id AND active) OR is_guardian(NEW.to_id) OR NOT stands_in(m, NEW.to_id) THEN PERFORM refuse('not to this person'); END IF;
  IF NEW.starts_on < today() OR NEW.ends_on > NEW.starts_on + days THEN PERFORM refuse('for a time from today on'); END IF;
  IF EXISTS (SELECT FROM delegation WHERE from_id = m AND ended_at IS NULL AND daterange(starts_on, ends_on, '[]') && daterange(NEW.starts_on, NEW.ends_on, '[]')) THEN PERFORM refuse('delegated already'); END IF;
  NEW.made_at := now(); NEW.ended_at := NULL;
  RETURN NEW;
END $$;
-- who leads a unit is stood in for by another who leads it; anybody else by a colleague of the unit
CREATE FUNCTION oa.stands_in(a int, b int) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT CASE WHEN EXISTS (SELECT FROM role_grant g JOIN rule_role r USING (role) WHERE g.account_id = a AND r.leads)
    THEN NOT EXISTS (SELECT FROM role_grant g JOIN rule_role r USING (role) WHERE g.account_id = a AND r.leads AND NOT has_role(b, 'leader', g.unit_id))
    ELSE (SELECT unit_id FROM account WHERE id = a) = (SELECT unit_id FROM account WHERE id = b) END $$;
CREATE FUNCTION oa.delegation_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  IF OLD.from_id <> actor() OR OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR (NEW.id, NEW.from_id, NEW.to_id, NEW.starts_on, NEW.ends_on, NEW.reason, NEW.made_at)
    IS DISTINCT FROM (OLD.id, OLD.from_id, OLD.to_id, OLD.starts_on, OLD.ends_on, OLD.reason, OLD.made_at) THEN PERFORM refuse('a delegation is ended by who made it'); END IF;
  NEW.ended_at := now();
  RETURN NEW;
END $$;
CREATE FUNCTION oa.delegation_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM note('a' || NEW.from_id, CASE TG_OP WHEN 'INSERT' THEN 'delegate' ELSE 'delegate_end' END,
    jsonb_build_object('to', (SELECT name FROM account WHERE id = NEW.to_id), 'from', NEW.starts_on, 'until', NEW.ends_on)::text);
  PERFORM pg_notify('oa_' || p, '') FROM unnest(ARRAY[NEW.from_id, NEW.to_id]) p;
  RETURN NULL;
END $$;
