-- The five functions of the keeper, which alone may touch logins. They check shapes, not rights: only the owner's functions call them.
CREATE FUNCTION oa.login_make(l text, verifier text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r name := (current_database() || '_' || l)::name;
BEGIN
  IF l !~ '^[0-9]{4,8}$' OR verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN RAISE EXCEPTION 'no login or no verifier' USING ERRCODE = '22023'; END IF;
  EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 12 PASSWORD %L', r, verifier);
  EXECUTE format('GRANT @officer@ TO %I', r);
END $$;
CREATE FUNCTION oa.login_password(l text, verifier text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF l !~ '^[0-9]{4,8}$' OR verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN RAISE EXCEPTION 'no login or no verifier' USING ERRCODE = '22023'; END IF;
  EXECUTE format('ALTER ROLE %I PASSWORD %L', current_database() || '_' || l, verifier);
END $$;
-- ends every session of a login and waits for it: an open transaction may hold the rows that come next
CREATE FUNCTION oa.login_cut(l text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
 $$ BEGIN PERFORM pg_terminate_backend(pid, 3000) FROM pg_stat_activity WHERE usename = current_database() || '_' || l AND pid <> pg_backend_pid(); END $$;
-- until when a login opens; one that has ended answers a right password as it answers a wrong one
CREATE FUNCTION oa.login_until(l text, moment timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '1s' AS $$
BEGIN
  IF l !~ '^[0-9]{4,8}$' THEN RAISE EXCEPTION 'no login' USING ERRCODE = '22023'; END IF;
  FOR i IN 1..5 LOOP
    BEGIN
      EXECUTE format('ALTER ROLE %I VALID UNTIL %L', current_database() || '_' || l, coalesce(moment::text, 'infinity'));
      EXIT;
    EXCEPTION WHEN lock_not_available OR internal_error THEN IF i = 5 THEN RAISE; END IF; PERFORM oa.login_cut(l);
    END;
  END LOOP;
END $$;
CREATE FUNCTION oa.login_there(l text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
 $$ SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = current_database() || '_' || l) $$;
