export function Live(_: { id: string }) {
  return <h1>Live</h1>;
}
