import { ActionError } from "./action-error.ts";

/** Files under way to WhatsApp at once. One person's, or one company's, leave room for the others. */
const LIMITS = { person: 4, company: 8, process: 16 };

export type EnterUpload = ReturnType<typeof createUploadPlaces>;

export function createUploadPlaces(limits = LIMITS) {
  const open: string[] = [];

  /**
   * Takes one place.
   *
   * @returns gives the place back
   * @throws {ActionError} 503
   */
  return function enter({ companyId, userId }: { companyId: number; userId: number }): () => void {
    const company = `${companyId} `;
    const person = `${company}${userId}`;
    const busy =
      open.length >= limits.process ||
      open.filter((place) => place.startsWith(company)).length >= limits.company ||
      open.filter((place) => place === person).length >= limits.person;
    if (busy) {
      throw new ActionError(503, "Many files are being sent just now. Try again in a minute.");
    }
    open.push(person);
    return () => {
      open.splice(open.indexOf(person), 1);
    };
  };
}

export const enterUpload = createUploadPlaces();
