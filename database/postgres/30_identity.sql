-- Who acts. Identity is session_user and nothing else: a variable or current_user can be set by whoever is logged in.
CREATE TABLE oa.login_acl (
  role name PRIMARY KEY, account_id int NOT NULL UNIQUE, unit_id int NOT NULL, principals int[] NOT NULL, holders text[] NOT NULL, until timestamptz NOT NULL);

CREATE FUNCTION oa.refuse(why text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', why USING ERRCODE = '42501'; END $$;
CREATE FUNCTION oa.today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT (now() AT TIME ZONE interval '8 hours')::date $$;
CREATE FUNCTION oa.role_of(login text) RETURNS name LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT (current_database() || '_' || login)::name $$;
-- whether the running statement is an officer's own, and not one of a definer function, which is trusted
CREATE FUNCTION oa.guarded() RETURNS boolean LANGUAGE sql STABLE AS
 $$ SELECT current_user <> '@owner_name@' AND session_user = current_database() || '_' || substring(session_user FROM '[0-9]+$') $$;
-- a principal as a number: a person is the account's id, a pool lies in the hundred-millions of its role
CREATE FUNCTION oa.number_of(principal text) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT split_part(principal, ':', 2)::int + coalesce((SELECT 100000000 + no * 1000000 FROM rule_role WHERE role = split_part(principal, ':', 1)), 0) $$;

-- by the clock on the wall: now() stands still in a transaction that somebody keeps open past the last day
CREATE FUNCTION oa.me() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT account_id FROM login_acl WHERE role = session_user AND until > clock_timestamp() $$;
-- who delegated to me today, as long as I could still be delegated to: who was moved or leads no more stands in for nobody
CREATE FUNCTION oa.stood_in_for(a int) RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT ARRAY(SELECT d.from_id FROM delegation d WHERE d.to_id = a AND d.ended_at IS NULL AND today() BETWEEN d.starts_on AND d.ends_on AND stands_in(d.from_id, a)) $$;
-- under what numbers papers may be addressed to me: my own, my pools', and those who delegated to me today
CREATE FUNCTION oa.mine() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT a.principals || stood_in_for(a.account_id) FROM login_acl a WHERE a.role = session_user AND a.until > clock_timestamp() $$;
CREATE FUNCTION oa.my_holders() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT a.holders || ARRAY(SELECT 'person:' || n FROM unnest(stood_in_for(a.account_id)) n) FROM login_acl a WHERE a.role = session_user AND a.until > clock_timestamp() $$;
-- the one who writes; a snapshot taken earlier would judge by the roles and to-dos of that time
CREATE FUNCTION oa.actor() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := me();
BEGIN
  IF m IS NULL THEN PERFORM refuse('no account that may act'); END IF;
  IF current_setting('transaction_isolation') <> 'read committed' THEN PERFORM refuse('writing needs READ COMMITTED'); END IF;
  RETURN m;
END $$;
-- a role in a unit, or anywhere with unit NULL; "leader" is whoever leads
CREATE FUNCTION oa.has_role(a int, wanted text, unit int) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT EXISTS (SELECT FROM role_grant g JOIN rule_role r USING (role) WHERE g.account_id = a AND (g.role = wanted OR wanted = 'leader' AND r.leads) AND (unit IS NULL OR g.unit_id = unit)) $$;
CREATE FUNCTION oa.is_guardian(a int) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT EXISTS (SELECT FROM role_grant g JOIN rule_role r USING (role) WHERE g.account_id = a AND r.guardian) $$;

-- whom an account stands for; the three guardians have no business rights, not even as members of a unit
CREATE FUNCTION oa.acl_sync(a int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE days int := coalesce((SELECT (value->>'expire_days')::int FROM rule_value WHERE key = 'policy'), 0);
BEGIN
  DELETE FROM login_acl WHERE account_id = a;
  INSERT INTO login_acl SELECT role_of(c.login), c.id, c.unit_id, ARRAY(SELECT number_of(h) FROM unnest(held.names) h), held.names,
      least(coalesce((c.closes_on + 1)::timestamp AT TIME ZONE interval '8 hours', 'infinity'), CASE WHEN days > 0 AND c.password_at IS NOT NULL THEN c.password_at + make_interval(days => days + 1) ELSE 'infinity' END)
    FROM account c CROSS JOIN LATERAL (SELECT CASE WHEN is_guardian(c.id) THEN ARRAY['person:' || c.id] ELSE ARRAY['person:' || c.id, 'unit:' || c.unit_id] || ARRAY(SELECT DISTINCT n FROM role_grant g JOIN rule_role r USING (role),
      LATERAL (VALUES (g.role || ':' || g.unit_id), (CASE WHEN r.leads THEN 'leader:' || g.unit_id END)) AS names(n) WHERE g.account_id = c.id AND n IS NOT NULL) END AS names) held
    WHERE c.id = a AND c.active AND NOT c.must_change;
END $$;
CREATE FUNCTION oa.acl_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ BEGIN PERFORM acl_sync(NEW.id); PERFORM pg_notify('oa_all', ''); RETURN NULL; END $$;
CREATE FUNCTION oa.acl_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ BEGIN PERFORM acl_sync(CASE WHEN TG_OP = 'DELETE' THEN OLD.account_id ELSE NEW.account_id END); PERFORM pg_notify('oa_all', ''); RETURN NULL; END $$;
-- the three guardians hold no other role, and a second guardian's role least of all (三员互斥)
CREATE FUNCTION oa.grants_apart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  IF (SELECT count(*) > 1 AND bool_or(r.guardian) FROM (SELECT DISTINCT role FROM role_grant WHERE account_id = NEW.account_id) g JOIN rule_role r USING (role)) THEN
    PERFORM refuse('a guardian holds no other role');
  END IF;
  RETURN NULL;
END $$;

-- what a session is told of itself; also before the own password is set
CREATE FUNCTION oa.who_am_i() RETURNS TABLE (id int, login text, name text, unit_id int, post text, must_change boolean, active boolean, version int)
 LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT c.id, c.login, c.name, c.unit_id, c.post, c.must_change, c.active, c.version FROM account c WHERE role_of(c.login) = session_user $$;
CREATE FUNCTION oa.my_roles() RETURNS TABLE (role text, unit_id int) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT g.role, g.unit_id FROM role_grant g JOIN account c ON c.id = g.account_id WHERE role_of(c.login) = session_user $$;
CREATE FUNCTION oa.audits() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$ SELECT has_role(me(), 'audit_admin', NULL) $$;
CREATE FUNCTION oa.may_decide(what text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT EXISTS (SELECT FROM rule_consent r WHERE r.kind = what AND has_role(me(), r.role, NULL)) $$;
