DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'oa_login') THEN DROP EVENT TRIGGER oa_login; END IF;
  IF current_setting('server_version_num')::int >= 170000 THEN
    EXECUTE 'CREATE EVENT TRIGGER oa_login ON login EXECUTE FUNCTION oa.at_login()';
    EXECUTE 'ALTER EVENT TRIGGER oa_login ENABLE ALWAYS';
  END IF;
END $$;
