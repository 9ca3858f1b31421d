import { mediaTint } from "#app/models/media/media-tint.ts";
import type { FormDetails } from "#app/models/messages/details/answer.ts";
import type { FormField } from "#app/models/messages/details/form.ts";
import type { FormFile } from "#app/models/messages/details/form-file.ts";
import type { PlacedFile } from "../tile/media-placeholder.tsx";
import type { MessageProps } from "./message.tsx";
import { MessageFile } from "./message-file.tsx";

/** What a customer filled in, each file where it was picked. */
export function Form({ form, ...props }: { form: FormDetails } & MessageProps) {
  const { title, fields } = form;
  return (
    <div className="wrap-anywhere">
      <p className="strong">
        {title === null ? "Answered a form" : <bdi className="first-letter:uppercase">{title}</bdi>}
      </p>
      {fields.length === 0 && <p className="muted italic">Its answers can't be read.</p>}
      <dl className="flex flex-col gap-1">
        {fields.map((field, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two fields may have one name
          <div key={index}>
            <dt dir="auto" className="muted text-sm first-letter:uppercase">
              {field.name}
            </dt>
            <Answer field={field} {...props} />
          </div>
        ))}
      </dl>
    </div>
  );
}

function Answer({ field, ...props }: { field: FormField } & MessageProps) {
  const { value, files, moreFiles } = field;
  return (
    <>
      {value !== null && (
        <dd dir="auto" className="whitespace-pre-wrap">
          {value}
        </dd>
      )}
      {files.map((file) => (
        <dd key={file.position} className="mt-1">
          <MessageFile {...props} file={placed(file, props)} />
        </dd>
      ))}
      {moreFiles > 0 && <dd className="muted italic">{moreFilesWords(moreFiles)}</dd>}
    </>
  );
}

function placed(file: FormFile, { message }: MessageProps): PlacedFile {
  const { position, kind, mediaId, filename, size } = file;
  return {
    id: message.id,
    position,
    direction: message.direction,
    mediaId,
    mediaKind: kind,
    mediaVoice: false,
    mediaFilename: filename,
    mediaSize: size,
    mediaTint: mediaTint(file),
    mediaExpiresAt: message.mediaExpiresAt,
  };
}

function moreFilesWords(count: number): string {
  return `${count} more ${count === 1 ? "file" : "files"}, too many to show.`;
}
