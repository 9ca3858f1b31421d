import { DoneNotice } from "../page/form-fields.tsx";

/** "setup": there is no company yet; "password": somebody has just chosen theirs. */
export type LoginNotice = "setup" | "password";

export function LoginNoticeLine({ notice }: { notice: LoginNotice | undefined }) {
  if (notice === "password") return <DoneNotice>Sign in with the password you chose.</DoneNotice>;
  if (notice === undefined) return null;
  return (
    <DoneNotice>
      Nobody can sign in yet.{" "}
      <a className="link" href="/setup">
        Set up your company
      </a>
    </DoneNotice>
  );
}
