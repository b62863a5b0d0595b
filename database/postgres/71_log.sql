-- The server's log as far as failed logins need it. Relative names only: PostgreSQL keeps this role within its data and log folders.
CREATE FUNCTION oa.log_file() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT pg_current_logfile('jsonlog') $$;
CREATE FUNCTION oa.log_size(name text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
 $$ SELECT CASE WHEN name LIKE '%.json' THEN coalesce((SELECT size FROM pg_stat_file(name, true)), 0) ELSE 0 END $$;
CREATE FUNCTION oa.log_part(name text, place bigint) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
 $$ SELECT CASE WHEN name LIKE '%.json' THEN coalesce(encode(pg_read_binary_file(name, place, 4000000, true), 'escape'), '') ELSE '' END $$;
