/** A link by which somebody chooses a password; it is on this page alone. */
export function OneTimeLink({ address, name }: { address: string; name: string }) {
  return (
    <div role="status" className="notice flex flex-col gap-1">
      <label className="flex flex-col gap-1 font-medium wrap-anywhere">
        <span>
          The link for <bdi>{name}</bdi>
        </span>
        <input className="field" readOnly value={address} />
      </label>
      <p>
        It is shown only now. Send it to them: they choose a password by it, once, within 7 days.
        Whoever has it can do so.
      </p>
    </div>
  );
}
