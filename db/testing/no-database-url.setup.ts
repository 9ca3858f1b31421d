// DATA_DIR is memory:// (vitest.config.ts); a developer's own DATABASE_URL must not win over it.
delete process.env.DATABASE_URL;
