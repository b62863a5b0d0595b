-- The roles of one database, made by an administrator. Nobody logs in as any of them.
--   owner    owns every table and function; definer functions act as it
--   keeper   may make and change logins, through five small functions and nothing else
--   officer  carries what every officer may do; each officer's login is a member
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '@owner_name@') THEN CREATE ROLE @owner@ NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '@keeper_name@') THEN CREATE ROLE @keeper@ NOLOGIN CREATEROLE; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '@officer_name@') THEN CREATE ROLE @officer@ NOLOGIN; END IF;
END $$;
ALTER ROLE @owner@ NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE @keeper@ NOLOGIN NOSUPERUSER NOCREATEDB CREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE @officer@ NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
GRANT @officer@ TO @keeper@ WITH ADMIN OPTION;
GRANT pg_signal_backend TO @keeper@;
GRANT EXECUTE ON FUNCTION pg_current_logfile(text), pg_stat_file(text, boolean), pg_read_binary_file(text, bigint, bigint, boolean) TO @keeper@;

REVOKE ALL ON DATABASE @database@ FROM PUBLIC;
GRANT CONNECT ON DATABASE @database@ TO @officer@;
REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
REVOKE CONNECT ON DATABASE template1 FROM PUBLIC;

REVOKE ALL ON SCHEMA public FROM PUBLIC, @officer@;
GRANT USAGE ON SCHEMA public TO @officer@;
GRANT USAGE, CREATE ON SCHEMA public TO @owner@;
-- no DO blocks and no functions of their own for officers
REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql, sql TO @owner@, @keeper@;
-- large objects, advisory locks and the like: tools to fill the disk or to keep others waiting, which the client does not need
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace
    AND (p.proname ~ '^(lo_|loread|lowrite)' OR p.proname ~ '^pg_(try_)?advisory' OR p.proname IN ('pg_notify', 'pg_export_snapshot', 'pg_logical_emit_message'))
  LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f); EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO @owner@', f); END LOOP;
END $$;

DO $$ DECLARE t record; BEGIN
  FOR t IN SELECT c.oid::regclass AS name, c.relkind FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'S')
    AND c.relowner <> '@owner@'::regrole AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND c.relkind = 'S')
  LOOP EXECUTE format('ALTER %s %s OWNER TO @owner@', CASE t.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, t.name); END LOOP;
END $$;

DROP EVENT TRIGGER IF EXISTS oa_login;
DROP SCHEMA IF EXISTS oa CASCADE;
CREATE SCHEMA oa AUTHORIZATION @owner@;
GRANT USAGE ON SCHEMA oa TO @officer@, @keeper@;
ALTER DEFAULT PRIVILEGES FOR ROLE @owner@ REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE @keeper@ REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
