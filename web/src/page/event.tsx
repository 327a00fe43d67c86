export function EventPage(_: { id: string }) {
  return <h1>EventPage</h1>;
}
