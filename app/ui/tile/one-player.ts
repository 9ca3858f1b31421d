/** Two voices at once can't be followed: what begins to play ends the others' turn. */
export function pauseOthers(playing: HTMLMediaElement): void {
  for (const other of playing.ownerDocument.querySelectorAll<HTMLMediaElement>("audio, video")) {
    if (other !== playing) other.pause();
  }
}
