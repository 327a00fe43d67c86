// What is around every page: the marking, who looks and why, where one can go.

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { level } from "../marking";
import { place, to } from "../route";
import { asking, beginning, ended, onScreen, purpose, setViewer, token, viewer } from "../session";
import { leave, refused } from "../signin";
import { purposeWord, said } from "../words";
import { signIn } from "./notice";

const PAGES: [string, string, string][] = [
  ["search", "Search", "M7 2a5 5 0 1 0 3 9l3.500 3.500 1-1L11 10a5 5 0 0 0-4-8Zm0 1.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7Z"],
  ["stop", "Stop check", "M5 1.500h6l3.500 3.500v6L11 14.500H5L1.500 11V5ZM7.300 4v5h1.400V4Zm0 6.200v1.500h1.400v-1.500Z"],
  ["network", "Network", "M8 1.500a2 2 0 0 1 .7 3.900l1.900 4.200a2.200 2.200 0 1 1-1.300.7L7.500 6.100 5 9.600a2.200 2.200 0 1 1-1.200-.8l2.600-3.700A2 2 0 0 1 8 1.500Z"],
  ["review", "Review", "M1.500 2.500h5.500v11H1.500Zm7.500 0h5.500v11H9ZM3 4v1.400h2.500V4Zm0 2.800v1.400h2.500V6.800Zm7.500-2.800v1.400H13V4Zm0 2.800v1.400H13V6.800Z"],
  ["live", "Live", "M1 8.700V7.300h3L6 3l3 9 2-4.700h4v1.400h-3l-3.100 6.300-3-9-1 2.700Z"],
];

const THEMES = ["auto", "light", "dark"];
const theme = signal(localStorage.getItem("polegraph.theme") ?? "auto");

function dress(): void {
  document.documentElement.dataset["theme"] = theme.value;
}
dress();

function nextTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length]!;
  localStorage.setItem("polegraph.theme", theme.value);
  dress();
}

/** The marking of all that is on screen; on paper it is repeated below. */
export function Marking({ below = false }: { below?: boolean }) {
  const text = onScreen.value;
  return (
    <div class={`marking ${text ? `marking-${level(text)}` : "marking-none"} ${below ? "below" : ""}`} data-testid={below ? undefined : "marking"}>
      {!below && <span class="hidden">Marking of what is on screen: </span>}
      {text ?? "Nothing marked on screen"}
    </div>
  );
}

function Viewers() {
  const begun = beginning.value;
  if (!begun) return null;
  if (begun.auth === "oidc") {
    if (token.value === null) return <span class="who">Not signed in</span>;
    return (
      <span class="who">
        <span class="label">{begun.who?.role ? said(begun.who.role) : "Signed in"}</span>
        <bdi class="user">{begun.who?.user}</bdi> <button type="button" class="out" onClick={() => void leave()}>Sign out</button>
      </span>
    );
  }
  return (
    <label class="who">
      <span class="label">Look as</span>
      <select value={viewer.value ?? ""} onChange={(event) => setViewer(event.currentTarget.value || null)}>
        <option value="">Everything</option>
        {begun.users.length > 0 && <optgroup label="Users">{begun.users.map(({ name, title }) => <option key={name} value={`user:${name}`}>{title}</option>)}</optgroup>}
        <optgroup label="Markings">{begun.viewers.map((text) => <option key={text} value={text}>{text}</option>)}</optgroup>
      </select>
    </label>
  );
}

export function Shell({ children }: { children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const here = place.value;
  const first = useRef(true);
  useEffect(() => {
    // Whoever hears the page is told that it is another one; at the start the browser does so.
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [here.page, here.id]);
  const why = purpose.value;
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>Skip to main content</a>
      <Marking />
      <header class="top">
        <a class="brand" href={to("search")} aria-label="polegraph: first page">
          <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
            <path d="M10 22 16 9l7 10zM10 22l13-3" stroke="currentColor" stroke-width="2" fill="none" opacity=".55" />
            <circle cx="16" cy="9" r="3.6" fill="currentColor" /><circle cx="10" cy="22" r="3.6" fill="currentColor" />
            <circle cx="23" cy="19" r="3.6" class="spark" />
          </svg>
          <span>polegraph</span>
        </a>
        <nav aria-label="Pages">
          {PAGES.map(([page, words, path]) => (
            <a key={page} href={to(page)} aria-current={here.page === page ? "page" : undefined}>
              <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true"><path d={path} fill="currentColor" fill-rule="evenodd" /></svg>
              <span>{words}</span>
            </a>
          ))}
        </nav>
        <div class="session">
          {why && (
            <button type="button" class="why" onClick={() => (asking.value = true)} data-testid="purpose">
              <span class="label">Purpose</span>
              <span class="text">{purposeWord(why.code)}{why.reference && <> · <bdi>{why.reference}</bdi></>}</span>
              <span class="hidden">, change it</span>
            </button>
          )}
          <Viewers />
          <button type="button" class="theme" onClick={nextTheme} aria-label={`Colours: ${theme.value}. Change them`} title={`Colours: ${theme.value}`}>
            <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
              <path d="M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13Zm0 1.500v10a5 5 0 0 1 0-10Z" fill="currentColor" fill-rule="evenodd" />
            </svg>
          </button>
        </div>
      </header>
      {ended.value && (
        <div class="ended" role="alert">
          <strong>Your sign-in has ended.</strong> What is on screen and what you entered stays; nothing more is answered until you sign in again.{refused.value && <span> {refused.value}</span>}
          <button type="button" class="button" onClick={signIn}>Sign in again</button>
        </div>
      )}
      <main id="main" ref={main} tabIndex={-1}>{children}</main>
      <Marking below />
    </>
  );
}
