-- What each database role may do. Run by the owner after every migration; idempotent.
-- `lipei_app` works; `lipei_eraser` only erases personal content that retention orders; nobody but the owner alters the record.
GRANT USAGE ON SCHEMA public TO lipei_app, lipei_eraser;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO lipei_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO lipei_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO lipei_app;

REVOKE ALL ON entry, row_history, file_head, seal_block, stage_step FROM lipei_app;
GRANT SELECT ON entry, row_history, file_head, seal_block, stage_step TO lipei_app;
GRANT INSERT ON entry TO lipei_app;
GRANT INSERT ON seal_block TO lipei_app;
GRANT UPDATE (deposited_at) ON seal_block TO lipei_app;
REVOKE UPDATE, DELETE ON file FROM lipei_app;
REVOKE UPDATE, DELETE ON posting FROM lipei_app;
REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM lipei_app;

GRANT SELECT ON entry, row_history, file, file_head TO lipei_eraser;
GRANT UPDATE (personal) ON entry TO lipei_eraser;
GRANT UPDATE (old_row) ON row_history TO lipei_eraser;
GRANT INSERT ON entry TO lipei_eraser;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO lipei_eraser;
