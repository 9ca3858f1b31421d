import type { MouseEvent } from "react";

/** Revealed pictures, by their elements. */
const PICTURES = ".out img";

/**
 * Opens a revealed picture over the page, as large as the window. It is drawn from the element that
 * shows it: its address would fetch the file again. The arrows lead to the page's other revealed
 * pictures, Esc leads back.
 */
export function enlarge(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button > 0) return;
  const own = event.currentTarget.closest(".out")?.querySelector<HTMLImageElement>("img");
  const canOpen = typeof HTMLDialogElement === "function";
  if (!own || own.naturalWidth === 0 || !canOpen) return;
  event.preventDefault();
  const pictures = [...document.querySelectorAll<HTMLImageElement>(PICTURES)].filter(
    ({ complete, naturalWidth }) => complete && naturalWidth > 0,
  );
  open(pictures, pictures.indexOf(own));
}

function open(pictures: readonly HTMLImageElement[], first: number): void {
  const dialog = document.createElement("dialog");
  const canvas = document.createElement("canvas");
  const caption = document.createElement("p");
  let at = first;
  const step = (by: number) => {
    at = (at + by + pictures.length) % pictures.length;
    const picture = pictures[at];
    if (!picture) return;
    draw(picture, canvas);
    dialog.setAttribute("aria-label", picture.alt);
    caption.textContent = captionOf(picture);
  };
  const bar = document.createElement("div");
  bar.className = "flex flex-wrap gap-3";
  bar.append(button("Close", () => dialog.close()));
  if (pictures.length > 1) {
    bar.append(
      button("Previous", () => step(-1)),
      button("Next", () => step(1)),
    );
  }
  dialog.append(canvas, caption, bar);
  dialog.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowRight") step(1);
    if (key === "ArrowLeft") step(-1);
  });
  dialog.addEventListener("close", () => dialog.remove());
  style(dialog, canvas);
  document.body.append(dialog);
  step(0);
  dialog.showModal();
}

function draw(picture: HTMLImageElement, canvas: HTMLCanvasElement): void {
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", picture.alt);
}

/** Whom it is from, and what was written with it. */
function captionOf(picture: HTMLImageElement): string {
  const words = picture.closest("li")?.querySelector(".words")?.textContent;
  return words ? `${picture.alt}. ${words}` : picture.alt;
}

function button(label: string, press: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "quiet";
  element.textContent = label;
  element.addEventListener("click", press);
  return element;
}

/** Here and not in the stylesheet, which every page loads. */
function style(dialog: HTMLDialogElement, canvas: HTMLCanvasElement): void {
  Object.assign(dialog.style, {
    ...{ maxWidth: "100vw", maxHeight: "100vh", margin: "auto", padding: "0.75rem" },
    ...{ border: "0", background: "var(--paper)", color: "var(--ink)" },
  });
  Object.assign(canvas.style, {
    ...{ display: "block", margin: "0 auto 0.5rem", objectFit: "contain" },
    ...{ maxWidth: "calc(100vw - 1.5rem)", maxHeight: "calc(100vh - 7rem)" },
  });
}
