/** In the query of an address: the file is asked for to be kept, not to be shown. */
export const SAVE = "save";

/** In the query of a file's page: a picture is to be as large as the window. */
export const LARGE = "large";

/** Of a HEAD with a tap's stamp: whether the page could show what came, "yes" or "no". */
export const SHOWN_HEADER = "X-Media-Shown";
