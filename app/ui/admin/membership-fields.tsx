/** The company's numbers, to tick those that somebody is a member of. */
export function MembershipFields(props: {
  accounts: { id: number; name: string }[];
  ticked: readonly number[];
}) {
  const { accounts, ticked } = props;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1 wrap-anywhere">
      <legend className="font-medium">Member of the numbers</legend>
      {accounts.length === 0 && <p className="muted">Your company has no number yet.</p>}
      {accounts.map(({ id, name }) => (
        <label key={id} className="flex items-center gap-2">
          <input type="checkbox" name="account" value={id} defaultChecked={ticked.includes(id)} />
          <bdi>{name}</bdi>
        </label>
      ))}
      <p className="muted text-sm">An admin sees all numbers, ticked or not.</p>
    </fieldset>
  );
}
