import { type CorpusFile, filesOf } from "./corpus-file.ts";

const OFFICE = "application/vnd.openxmlformats-officedocument";
const TYPES = `echo '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>' > '[Content_Types].xml'`;

/** As far as a program looks that tells such files from plain ZIP. */
function office(part: string, name: string): string {
  return `${TYPES} && mkdir -p ${part} && echo '<a/>' > ${part}/main.xml && zip -qr ${name} '[Content_Types].xml' ${part}`;
}

const named = filesOf("document", [
  [
    "PDF",
    "quote.pdf",
    "application/pdf",
    String.raw`printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n' > quote.pdf`,
  ],
  ["DOCX", "letter.docx", `${OFFICE}.wordprocessingml.document`, office("word", "letter.docx")],
  ["XLSX", "prices.xlsx", `${OFFICE}.spreadsheetml.sheet`, office("xl", "prices.xlsx")],
  [
    "VCF",
    "card.vcf",
    "text/vcard",
    String.raw`printf 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Souza\r\nEND:VCARD\r\n' > card.vcf`,
  ],
  ["ZIP", "all.zip", "application/zip", "zip -q all.zip card.vcf"],
  ["TXT", "notes.txt", "text/plain", "echo 'Two nights, please.' > notes.txt"],
]);

export const documents: CorpusFile[] = [
  ...named.map((file) => ({ ...file, named: true })),
  ...named.map((file) => ({ ...file, format: `${file.format}, without a name`, named: false })),
];
