import type { StoredMedia } from "#simulator/media/store.ts";
import { type Sample, samples } from "#simulator/samples/index.ts";
import type { World } from "#simulator/world.ts";
import type { Content } from "./content.ts";
import type { OutgoingMessage } from "./send.ts";

/** The answer to a form: the answers that are given, or invented ones. @returns mediaId: of its first file */
export async function formContent(world: World, message: OutgoingMessage): Promise<Content> {
  const { form, mediaId } = message;
  const { first, answers } = form ? { first: null, answers: form } : await invent(world, mediaId);
  const response_json = JSON.stringify({ flow_token: "unused", ...answers });
  return {
    mediaId: first,
    type: "interactive",
    content: { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json } },
  };
}

/** About a damaged car, with a photo of it and its papers (Meta: WhatsApp Flows, "Media upload components"). */
async function invent(world: World, mediaId: string | undefined) {
  const photo = await keep(world, samples.photo, mediaId);
  const papers = await keep(world, samples.document);
  const answers = {
    screen_0_Damage_photos_0: [picked(photo)],
    screen_0_Plate_1: "AB 123",
    screen_1_Papers_0: [picked(papers)],
  };
  return { first: photo.id, answers };
}

function keep(world: World, { bytes, mimeType, filename }: Sample, id?: string) {
  return world.media.add({ bytes, mimeType, filename, mediaId: id });
}

function picked({ filename, mimeType, sha256, id }: StoredMedia) {
  return { file_name: filename, mime_type: mimeType, sha256: sha256.toString("base64"), id };
}
