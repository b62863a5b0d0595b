-- Bytes of attachments, and the full-text index. Bytes go out through one function, which leaves a trace.

-- who gave bytes in the running transaction, and how many pieces of them: who gave all may attach them, or who may read them elsewhere
CREATE TABLE oa.upload (sha256 text, account_id int, tx xid8 NOT NULL DEFAULT pg_current_xact_id(), pieces int NOT NULL, PRIMARY KEY (sha256, account_id, tx));
CREATE FUNCTION oa.keep_bytes(digest text, total bigint, seq int, data bytea, last boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); kept bytea; piece int := 1048576; b blob; fresh boolean; largest bigint := (SELECT (value->>'bytes')::bigint FROM rule_value WHERE key = 'file');
BEGIN
  -- every file is cut alike, so that whoever has it later finds the same pieces, and nothing is ever added to a complete one
  IF NOT (total BETWEEN 1 AND largest AND seq BETWEEN 0 AND (total - 1) / piece AND octet_length(data) = least(piece, total - seq::bigint * piece)) IS TRUE THEN PERFORM refuse('not a piece of a file'); END IF;
  INSERT INTO blob (sha256, size) VALUES (digest, total) ON CONFLICT DO NOTHING;
  SELECT y.*, y.xmin = pg_current_xact_id()::xid INTO b.sha256, b.size, fresh FROM blob y WHERE y.sha256 = digest;
  SELECT c.data INTO kept FROM blob_chunk c WHERE c.sha256 = digest AND c.seq = keep_bytes.seq;
  IF b.size <> total OR kept <> keep_bytes.data OR kept IS NULL AND NOT fresh THEN RAISE EXCEPTION 'bytes that do not fit their digest' USING ERRCODE = '22023'; END IF;
  IF kept IS NULL THEN INSERT INTO blob_chunk (sha256, seq, data) VALUES (digest, keep_bytes.seq, keep_bytes.data); END IF;
  IF seq = 0 THEN
    DELETE FROM upload WHERE account_id = m AND tx <> pg_current_xact_id();
    INSERT INTO upload (sha256, account_id, pieces) VALUES (digest, m, 1) ON CONFLICT DO NOTHING;
  ELSE
    UPDATE upload SET pieces = pieces + 1 WHERE sha256 = digest AND account_id = m AND tx = pg_current_xact_id() AND pieces = keep_bytes.seq;
  END IF;
  IF last AND fresh AND (SELECT encode(sha256(string_agg(c.data, ''::bytea ORDER BY c.seq)), 'hex') FROM blob_chunk c WHERE c.sha256 = digest) IS DISTINCT FROM digest
  THEN RAISE EXCEPTION 'bytes that do not fit their digest' USING ERRCODE = '22023'; END IF;
END $$;
-- a file that was begun is finished in the same transaction
CREATE FUNCTION oa.judge_blob() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  IF (SELECT (encode(sha256(string_agg(c.data, ''::bytea ORDER BY c.seq)), 'hex'), sum(octet_length(c.data))) FROM blob_chunk c WHERE c.sha256 = NEW.sha256)
    IS DISTINCT FROM (NEW.sha256::text, NEW.size) THEN
    RAISE EXCEPTION 'bytes that do not fit their digest' USING ERRCODE = '22023';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION oa.sees(d bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT EXISTS (SELECT FROM document x WHERE x.id = d AND (x.readers && mine() OR x.guests && mine() AND share_alive(x.id))) $$;
CREATE FUNCTION oa.attachment_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); b blob;
BEGIN
  IF NEW.role = 'issued' THEN
    IF NOT EXISTS (SELECT FROM acted(NEW.document_id) y WHERE (y.rule).effect = 'distribute') OR EXISTS (SELECT FROM attachment WHERE document_id = NEW.document_id AND role = 'issued')
    THEN PERFORM refuse('the issued text comes once, with 分发'); END IF;
  ELSIF NOT (made_now(NEW.document_id) AND NEW.role IN ('original', 'attachment') OR edit_right(NEW.document_id) = 'full' AND NEW.role = 'attachment') THEN
    PERFORM refuse('the document is not in your hands');
  END IF;
  IF NEW.name !~ '^[^/\\]{1,255}$' OR NEW.name ~ '[\x01-\x1f\x7f\u202a-\u202e\u2066-\u2069]' OR NEW.pages NOT BETWEEN 0 AND 100000 THEN PERFORM refuse('not a file''s name, or too many pages'); END IF;
  SELECT * INTO b FROM blob WHERE sha256 = NEW.sha256;
  IF NOT EXISTS (SELECT FROM upload u WHERE u.sha256 = NEW.sha256 AND u.account_id = m AND u.tx = pg_current_xact_id() AND u.pieces * 1048576::bigint >= b.size)
    AND NOT EXISTS (SELECT FROM attachment f WHERE f.sha256 = NEW.sha256 AND sees(f.document_id)) THEN PERFORM refuse('bytes that you do not have'); END IF;
  NEW.size := b.size; NEW.added_by := m; NEW.added_at := now();
  IF NEW.role = 'attachment' THEN PERFORM note_files(NEW.document_id); END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION oa.file_bytes(f bigint) RETURNS TABLE (name text, media text, sha256 text, seq int, data bytea) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE x attachment; m int := actor();
BEGIN
  SELECT a.* INTO x FROM attachment a WHERE a.id = f;
  IF x.id IS NULL OR NOT sees(x.document_id) THEN PERFORM refuse('no such file'); END IF;
  RAISE LOG 'oa: file % read by %', f, session_user;  -- the server's log outlives a ROLLBACK of the reader
  PERFORM note('r' || m, 'view_file', jsonb_build_object('name', x.name, 'file', f)::text, x.document_id);
  RETURN QUERY SELECT x.name, x.media::text, x.sha256::text, c.seq, c.data FROM blob_chunk c WHERE c.sha256 = x.sha256 ORDER BY c.seq;
END $$;

-- the index of a document that I made, edit or just acted on
CREATE FUNCTION oa.index_document(d bigint, first text, whole text, grams int[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM actor();
  IF NOT (made_now(d) OR edit_right(d) <> '' OR EXISTS (SELECT FROM acted(d))) THEN PERFORM refuse('the document is not in your hands'); END IF;
  IF EXISTS (SELECT FROM search_text WHERE document_id = d AND head = first AND text = whole) THEN RETURN; END IF;
  INSERT INTO search_text (document_id, head, text, filters) VALUES (d, first, whole, '') ON CONFLICT (document_id) DO UPDATE SET head = first, text = whole;
  INSERT INTO doc_gram (document_id, g) VALUES (d, grams) ON CONFLICT (document_id) DO UPDATE SET g = grams;
END $$;
-- text operators are not leakproof, so row security keeps them from any index; this is the one way to it, with the same test
CREATE FUNCTION oa.search(grams int[], words text[]) RETURNS TABLE (document_id bigint, in_head int) LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, oa, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
  SELECT s.document_id, (SELECT bool_and(strpos(s.head, w) > 0)::int FROM unnest(words) w)
    FROM doc_gram y JOIN search_text s ON s.document_id = y.document_id JOIN document x ON x.id = y.document_id
   WHERE y.g @> grams AND (SELECT bool_and(strpos(s.text, w) > 0) FROM unnest(words) w)
     AND (x.readers && (SELECT mine()) OR x.guests && (SELECT mine()) AND share_alive(x.id)) $$;
-- papers of an organ with the same number or bytes, for its clerks (重复来文), one registering after the other
CREATE FUNCTION oa.hold_words(organ int, words text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  IF NOT has_role(actor(), 'clerk', organ) OR cardinality(words) > 50 THEN PERFORM refuse('only a clerk of the organ registers'); END IF;
  -- the server has room for so many locks; whoever took them all would stop everybody
  IF (SELECT count(*) > 200 FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory') THEN PERFORM refuse('too much held at once'); END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(format('intake/%s/%s', organ, w), 0)) FROM (SELECT DISTINCT unnest(words) AS w ORDER BY 1) y;
END $$;
