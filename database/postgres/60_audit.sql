-- The audit. Events are written by definer functions, linked into the chain of their stream when the transaction ends.
CREATE FUNCTION oa.terminal() RETURNS text LANGUAGE sql STABLE AS
 $$ SELECT concat_ws(' ', coalesce(host(inet_client_addr()), 'local'), nullif(substr(current_setting('application_name'), 1, 60), '')) $$;
CREATE FUNCTION oa.note(stream text, action text, detail text, d bigint DEFAULT NULL, t bigint DEFAULT NULL, result text DEFAULT 'done') RETURNS void
 LANGUAGE sql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  INSERT INTO audit_event (stream, document_id, task_id, at, account_id, login, terminal, action, result, detail)
    SELECT note.stream, d, t, clock_timestamp(), c.id, coalesce(c.login, session_user), terminal(), note.action, note.result, note.detail
      FROM (SELECT) y LEFT JOIN account c ON role_of(c.login) = session_user $$;
-- whether the chain of an account can be written at once; somebody's open transaction may hold it, and must keep nobody from signing in
CREATE FUNCTION oa.chain_free(a int) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp SET lock_timeout = '200ms' AS $$
BEGIN
  INSERT INTO audit_head (stream, seq, hash) VALUES ('a' || a, 0, '') ON CONFLICT DO NOTHING;
  PERFORM FROM audit_head WHERE stream = 'a' || a FOR UPDATE;
  RETURN true;
EXCEPTION WHEN lock_not_available THEN
  RAISE LOG 'oa: chain of account % is held, an event of % is not noted', a, session_user;
  RETURN false;
END $$;
-- what a client may say of itself: it printed, took out, urged or took back; the last two only with the deed
CREATE FUNCTION oa.say(action text, detail text, d bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor();
BEGIN
  IF octet_length(detail) > 20000 OR jsonb_typeof(detail::jsonb) <> 'object' OR detail::jsonb ?| ARRAY['act', 'words'] THEN PERFORM refuse('no detail of an event'); END IF;
  IF d IS NOT NULL AND NOT sees(d) THEN PERFORM refuse('no such document'); END IF;
  IF action = 'urge' THEN
    IF NOT EXISTS (SELECT FROM task t WHERE t.document_id = d AND t.state = 'open' AND t.urged > 0 AND t.xmin = pg_current_xact_id()::xid AND may_urge(t)) THEN PERFORM refuse('nothing was urged'); END IF;
    PERFORM note('d' || d, action, detail, d);
  ELSIF action = 'withdraw' THEN
    IF withdrawn_to(d) IS NULL THEN PERFORM refuse('nothing was taken back'); END IF;
    PERFORM note('d' || d, action, detail, d);
  ELSIF action LIKE 'audit%' AND NOT audits() THEN PERFORM refuse('the audit is the audit administrator''s');
  ELSIF action IN ('print', 'export', 'catalogue', 'accounts_export', 'audit_export', 'audit_verify', 'audit_anchor') THEN
    PERFORM note('r' || m, action, detail, d);
  ELSE PERFORM refuse('this is written by the database itself');
  END IF;
END $$;
CREATE FUNCTION oa.framed(VARIADIC parts text[]) RETURNS bytea LANGUAGE sql IMMUTABLE AS
 $$ SELECT convert_to(string_agg(octet_length(convert_to(coalesce(p, ''), 'UTF8')) || ':' || coalesce(p, ''), ',' ORDER BY n), 'UTF8') FROM unnest(parts) WITH ORDINALITY AS u(p, n) $$;
CREATE FUNCTION oa.event_hash(e audit_event, before text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(oa.framed(before, e.stream::text, e.id::text, ((extract(epoch FROM e.at) * 1000000)::bigint)::text, e.account_id::text, e.login, e.terminal, e.action::text, e.result::text,
    e.document_id::text, e.task_id::text, e.detail)), 'hex') $$;
-- deferred: taken when the event is written, the lock on a chain's head would be held while other rows are waited for
CREATE FUNCTION oa.link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE h audit_head; digest text;
BEGIN
  INSERT INTO audit_head (stream, seq, hash) VALUES (NEW.stream, 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO h FROM audit_head WHERE stream = NEW.stream FOR UPDATE;
  digest := event_hash(NEW, h.hash);
  INSERT INTO audit_link (event_id, stream, seq, prev, hash, era) VALUES (NEW.id, NEW.stream, h.seq + 1, h.hash, digest, pg_current_xact_id()::text::bigint);
  UPDATE audit_head SET seq = h.seq + 1, hash = digest WHERE stream = NEW.stream;
  RETURN NULL;
END $$;
