export function NetworkPage(_: { id: string }) {
  return <h1>NetworkPage</h1>;
}
