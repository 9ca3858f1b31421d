import { useLocation } from "@remix-run/react";
import { useContext } from "react";
import { PostForm } from "./post-form.tsx";
import { ServerRender } from "./server-render.ts";

/** Switches this browser's pages between those with a script and those without. */
export function LiteSwitch() {
  const { lite } = useContext(ServerRender);
  const { pathname, search } = useLocation();
  const isOn = lite !== undefined;
  return (
    <details>
      <summary className="quiet">Lite pages: {isOn ? "on" : "off"}</summary>
      <PostForm action="/lite" className="px-2">
        <input type="hidden" name="back" value={pathname + search} />
        <p className="muted">
          {lite === "save-data"
            ? "Your browser asks to save data, so pages come without scripts and don't update by themselves."
            : "They load less, without scripts, and don't update by themselves."}
        </p>
        <button type="submit" name="lite" value={isOn ? "off" : "on"} className="quiet -mx-2">
          Turn lite pages {isOn ? "off" : "on"}
        </button>
      </PostForm>
    </details>
  );
}
