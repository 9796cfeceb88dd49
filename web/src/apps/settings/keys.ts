/** Under which names the settings' answers are kept. */
export const SESSIONS = ["me", "sessions"];
export const TOKENS = ["me", "tokens"];
