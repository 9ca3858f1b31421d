/** A one-page PDF, A5, with text in a standard font; written by hand so that every byte is ours. */
export function drawDocument(): Buffer {
  const content = page();
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R
   /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    "<< /Title (Quote 2041) >>",
  ];
  return Buffer.from(withCrossReferences(objects), "latin1");
}

function page() {
  const rows = [
    ["Two nights, lake-side room", "240.00"],
    ["Rowing boat, one afternoon", "35.00"],
    ["Breakfast for two", "48.00"],
  ];
  return [
    "0.16 0.36 0.46 rg 0 540 420 55 re f",
    text("F2", 20, 40, 560, "Quote 2041", "1 1 1"),
    text("F1", 11, 40, 505, "Lakeside Inn, 12 Harbour Road"),
    text("F1", 11, 40, 489, "For: Maya Lind"),
    "0.8 0.84 0.86 RG 0.8 w 40 466 m 380 466 l S",
    ...rows.flatMap(([label = "", price = ""], index) => [
      text("F1", 12, 40, 440 - index * 26, label),
      text("F1", 12, 335, 440 - index * 26, price),
    ]),
    "40 372 m 380 372 l S",
    text("F2", 13, 40, 348, "Total, EUR"),
    text("F2", 13, 335, 348, "323.00"),
    text(
      "F1",
      10,
      40,
      300,
      "This quote is valid for fourteen days. Just answer this message to accept it.",
    ),
  ].join("\n");
}

function text(
  font: string,
  size: number,
  x: number,
  y: number,
  words: string,
  colour = "0.1 0.14 0.18",
) {
  return `BT ${colour} rg /${font} ${size} Tf ${x} ${y} Td (${words}) Tj ET`;
}

function withCrossReferences(objects: string[]) {
  let file = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  return `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer
<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>
startxref\n${file.length}\n%%EOF\n`;
}
