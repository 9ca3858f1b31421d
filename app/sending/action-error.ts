/** Why nothing was sent, or only later; what was written stays on the page. */
export interface ComposerError {
  /** For the person: what is wrong, and what to do. */
  error: string;
  /** As they typed it. */
  text: string;
}

/** Ends an action with a sentence for the person, and a status. */
export class ActionError extends Error {
  override name = "ActionError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
