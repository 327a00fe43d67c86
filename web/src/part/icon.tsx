// A picture for each sort of thing, drawn on a grid of 16.

const PATHS: Record<string, string> = {
  PERSON: "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 6c0-3 2.7-4.5 6-4.5s6 1.5 6 4.5Z",
  ORGANISATION: "M2 14V3h7v3h5v8H9v-3H6v3Zm2-9v1h1V5Zm2.500 0v1h1V5ZM4 8v1h1V8Zm2.500 0v1h1V8Zm4.500 0v1h1V8Z",
  VEHICLE: "M3 7 4.500 3.500h7L13 7l1.500 1v4H13v1.500h-2V12H5v1.500H3V12H1.500V8Zm1.700-.5h6.600l-.8-1.800h-5ZM4 10.300a1 1 0 1 0 0-1.900 1 1 0 0 0 0 1.900Zm8 0a1 1 0 1 0 0-1.900 1 1 0 0 0 0 1.900Z",
  ADDRESS: "M8 2 1.500 8H3v6h4v-4h2v4h4V8h1.500Z",
  PLACE: "M8 1.500a4.500 4.500 0 0 0-4.500 4.500C3.500 9.500 8 14.500 8 14.500S12.500 9.500 12.500 6A4.500 4.500 0 0 0 8 1.500Zm0 6A1.600 1.600 0 1 1 8 4.300a1.600 1.600 0 0 1 0 3.200Z",
  PHONE: "M4.500 1.500h7v13h-7ZM6 3v8.500h4V3Zm1.300 9.500v.8h1.400v-.8Z",
  EMAIL: "M1.500 3.500h13v9h-13ZM3 5.200v5.800h10V5.200L8 8.700Z",
  DOCUMENT: "M3.500 1.500h6l3 3v10h-9ZM5.500 7v1h5V7Zm0 2.500v1h5v-1Z",
  OFFICER: "M8 1.500 13.500 3.500v4c0 3.500-2.300 5.800-5.500 7-3.200-1.200-5.500-3.500-5.500-7v-4Zm0 3.200L7.100 6.600l-2 .3 1.500 1.400-.4 2L8 9.300l1.800 1-.4-2 1.500-1.400-2-.3Z",
  MARKER: "M3 1.500h1.500V3H13l-2 3 2 3H4.500v5.500H3Z",
  EVENT: "M2 3h2.500V1.500H6V3h4V1.500h1.500V3H14v11H2Zm1.500 4v5.500h9V7Z",
  INTEL_REPORT: "M8 3.500c3.500 0 6 3 7 4.500-1 1.500-3.500 4.500-7 4.500S2 9.500 1 8c1-1.500 3.500-4.500 7-4.500Zm0 2a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5Z",
  THING: "M8 1.500 14 5v6l-6 3.500L2 11V5Zm0 1.800L4.500 5.300 8 7.300l3.500-2Z",
  AREA: "M1.500 4 6 2l4 2 4.500-2v10L10 14l-4-2-4.500 2Z",
};
const ALIKE: Record<string, string> = {
  CRIME: "EVENT", INCIDENT: "EVENT", STOP_SEARCH: "EVENT", ARREST: "EVENT", CUSTODY: "EVENT", CALL: "PHONE", SIGHTING: "VEHICLE",
  SAFEGUARDING: "EVENT", PUBLIC_EVENT: "EVENT", POSTCODE: "PLACE",
};

/** The group of a kind that has one colour. */
export function group(kind: string): string {
  if (["PERSON", "ORGANISATION", "VEHICLE", "PHONE", "MARKER", "INTEL_REPORT", "OFFICER"].includes(kind)) return kind.toLowerCase();
  if (["ADDRESS", "PLACE", "POSTCODE", "AREA"].includes(kind)) return "place";
  if (["EMAIL", "DOCUMENT", "ACCOUNT", "ITEM"].includes(kind)) return "object";
  return "event";
}

export function Icon({ kind }: { kind: string }) {
  const path = PATHS[kind] ?? PATHS[ALIKE[kind] ?? "THING"];
  return (
    <svg class={`icon kind-${group(kind)}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={path} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}
