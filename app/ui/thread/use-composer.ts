import { useNavigation } from "@remix-run/react";
import { type ChangeEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { ruleOf, TYPE_WORDS, tooLargeWords } from "#app/sending/file-types.ts";
import { lengthOf } from "#app/sending/message-text.ts";

/**
 * What a hydrated page adds to the form: it stays as it was until the message is out, and is empty
 * then, with a new key.
 *
 * @param freshKey the page's newest
 * @param question what an agent is about to ask; it joins what is written already
 */
export function useComposer(freshKey: string, question: string, failed: boolean) {
  const form = useRef<HTMLFormElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const [key, setKey] = useState(freshKey);
  const [length, setLength] = useState(0);
  const navigation = useNavigation();
  const sending = navigation.formData?.get("intent") === "send";

  const wasSending = useRef(false);
  useEffect(() => {
    if (wasSending.current && !sending && !failed) {
      form.current?.reset();
      if (text.current) text.current.value = "";
      setLength(0);
      setKey(freshKey);
    }
    wasSending.current = sending;
  }, [sending, failed, freshKey]);

  const asked = useRef(question);
  useEffect(() => {
    if (!question || question === asked.current || !text.current) return;
    asked.current = question;
    text.current.value = [text.current.value.trim(), question].filter(Boolean).join("\n");
  }, [question]);

  return {
    form,
    text,
    key,
    length,
    sending,
    onInput: (event: ChangeEvent<HTMLTextAreaElement>) => setLength(lengthOf(event.target.value)),
    onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
      const plain = event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
      // On a touch screen Enter is the only way to a new line.
      if (!plain || matchMedia("(pointer: coarse)").matches) return;
      event.preventDefault();
      if (!sending) form.current?.requestSubmit();
    },
    /** Says at once what the server would say after the upload. */
    onFile({ target }: ChangeEvent<HTMLInputElement>) {
      const file = target.files?.[0];
      const rule = file && ruleOf(file);
      const tooLarge = file && rule && file.size > rule.maxBytes;
      target.setCustomValidity(file && !rule ? TYPE_WORDS : tooLarge ? tooLargeWords(rule) : "");
      target.reportValidity();
    },
  };
}
