// What the app's modules want from their environment when the bench runs them in its own process.
Object.assign(process.env, {
  NODE_ENV: "test",
  LOG_LEVEL: "silent",
  DATABASE_URL: "",
  DATA_DIR: "memory://",
  SESSION_SECRET: "test-session-secret-test-session-secret",
  WHATSAPP_APP_SECRET: "test-app-secret",
  WHATSAPP_VERIFY_TOKEN: "test-verify-token",
  WHATSAPP_ACCESS_TOKEN: "test-access-token",
});
