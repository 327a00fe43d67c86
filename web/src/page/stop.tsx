// The stop check: what one has to know now, on a phone in one hand. Warnings come before everything.

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PartialIdentity } from "../api";
import type { Data, Variables } from "../client";
import { fresh, keep, note, waiting, wipe, type Kept } from "../kept";
import { useAsk, useMarking } from "../part/ask";
import { Disputes } from "../part/dispute";
import { Trouble, Waiting } from "../part/notice";
import { Markings, Thing } from "../part/thing";
import { gathered, Warnings } from "../part/warning";
import { pageOf } from "../route";
import { date, said, warningWord, years } from "../words";

type Sort = "vehicle" | "person" | "phone";
type Found = Data<"explorer/stop-check">["stopCheck"];

const EMPTY = { vrm: "", name: "", day: "", month: "", year: "", phone: "" };
const sort = signal<Sort>("vehicle");
const given = signal({ ...EMPTY });

const SORTS: [Sort, string][] = [["vehicle", "Vehicle"], ["person", "Person"], ["phone", "Phone"]];

interface Wrong {
  field: string;
  words: string;
}

/** What to ask, or what is wrong with what was entered. */
function question(): Variables<"explorer/stop-check"> | Wrong {
  const { vrm, name, day, month, year, phone } = given.value;
  if (sort.value === "vehicle") return vrm.trim() ? { vrm: vrm.trim() } : { field: "vrm", words: "Enter a registration" };
  if (sort.value === "phone") return phone.trim() ? { phone: phone.trim() } : { field: "phone", words: "Enter a phone number" };
  if (!name.trim()) return { field: "name", words: "Enter a name" };
  const person: PartialIdentity = { name: name.trim() };
  if (year.trim() && !/^\d{4}$/.test(year.trim())) return { field: "year", words: "The year has four digits, like 1990" };
  if (day.trim() || month.trim()) {
    if (!year.trim()) return { field: "year", words: "Enter the year, too; the year alone is enough" };
    const text = `${year.trim()}-${month.trim().padStart(2, "0")}-${day.trim().padStart(2, "0")}`;
    const at = new Date(`${text}T00:00:00Z`);
    if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text) return { field: "day", words: "There is no such day; the year alone is enough" };
    person.dateOfBirth = text;
  } else if (year.trim()) person.yearOfBirth = Number(year);
  return { person };
}

function summary(): string {
  const { vrm, name, day, month, year, phone } = given.value;
  if (sort.value === "vehicle") return vrm.trim().toUpperCase();
  if (sort.value === "phone") return phone.trim();
  return [name.trim(), [day, month, year].filter((part) => part.trim()).join("/")].filter(Boolean).join(", born ");
}

export function Stop(_: { id: string }) {
  const [asked, setAsked] = useState<Variables<"explorer/stop-check"> | null>(null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const { data, fault, loading, marking, request, again } = useAsk("explorer/stop-check", asked);
  const [earlier, setEarlier] = useState<Kept | null>(null);
  const there = useNetwork();
  useEffect(() => {
    if (data && request && !loading) keep({ asked: summary(), answer: data.stopCheck, marking, request, at: Date.now() });
  }, [data, request]);

  function check(event: Event): void {
    event.preventDefault();
    const next = question();
    if ("field" in next) {
      setWrong(next);
      document.getElementById(next.field)?.focus();
      return;
    }
    setWrong(null);
    setAsked(next);
  }

  function show(one: Kept): void {
    note(one);
    setEarlier(one);
  }

  function anew(): void {
    given.value = { ...EMPTY };
    setAsked(null);
  }

  const forget = (): void => { setEarlier(null); wipe(); };
  if (earlier) return <Earlier one={earlier} close={() => setEarlier(null)} forget={forget} />;
  if (asked === null) return <Form wrong={wrong} check={check}><Last away={!there} show={show} forget={forget} /></Form>;
  return (
    <div class="stop">
      <h1 class="asked"><span class="hidden">Stop check: </span><bdi>{summary()}</bdi></h1>
      {fault ? <><Trouble fault={fault} again={again} />{fault.cause === "no-network" && <Last away show={show} forget={forget} />}</> : loading || !data ? <Waiting what="Checking" /> : <Answer found={data.stopCheck} />}
      <div class="thumb">
        <button type="button" class="button quiet" onClick={() => setAsked(null)}>Change</button>
        <button type="button" class="button" onClick={anew}>New check</button>
      </div>
    </div>
  );
}

/** Whether the device has a network, as far as the browser knows. */
function useNetwork(): boolean {
  const [there, setThere] = useState(navigator.onLine);
  useEffect(() => {
    const look = (): void => setThere(navigator.onLine);
    for (const name of ["online", "offline"]) addEventListener(name, look);
    return () => { for (const name of ["online", "offline"]) removeEventListener(name, look); };
  }, []);
  return there;
}

const clock = (at: number): string => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const ago = (at: number): string => {
  const minutes = Math.floor((Date.now() - at) / 60_000);
  return minutes < 1 ? "less than a minute ago" : `${minutes} minute${minutes === 1 ? "" : "s"} ago`;
};

/** What is kept for some minutes: to be shown again without network, and to be forgotten at once with or without. */
function Last({ away, show, forget }: { away: boolean; show: (one: Kept) => void; forget: () => void }) {
  const answers = fresh();
  if (answers.length === 0) {
    return away ? <p class="muted" data-testid="last">No answer of the last 15 minutes is kept on this device. {waiting.value > 0 && "What was shown goes on record when there is network."}</p> : null;
  }
  return (
    <section class="card last" aria-label="Last answers" data-testid="last">
      {away ? (
        <>
          <h2>Without network: answers of the last 15 minutes</h2>
          <ul class="plain">{answers.map((each) => (
            <li key={each.request}><button type="button" onClick={() => show(each)}><strong><bdi>{each.asked}</bdi></strong> <span class="muted">{clock(each.at)}, {ago(each.at)}</span></button></li>
          ))}</ul>
          <p class="muted small">That you look at one again goes on record when there is network.</p>
        </>
      ) : <p class="muted small">{answers.length === 1 ? "One answer is" : `${answers.length} answers are`} kept in memory for 15 minutes, in case the network goes.</p>}
      <button type="button" class="button quiet" onClick={forget}>Forget {answers.length === 1 ? "it" : "them"} now</button>
    </section>
  );
}

/** An answer of some minutes ago, shown again without network; gone when it is too old. */
function Earlier({ one, close, forget }: { one: Kept; close: () => void; forget: () => void }) {
  useMarking(one.marking);
  const there = fresh().includes(one);
  useEffect(() => { if (!there) close(); }, [there]);
  if (!there) return null;
  return (
    <div class="stop">
      <h1 class="asked"><span class="hidden">Stop check: </span><bdi>{one.asked}</bdi></h1>
      <p class="earlier" role="status"><strong>This is old.</strong> It was answered at {clock(one.at)}, {ago(one.at)}, and is shown again without network. It may have changed since.</p>
      <Answer found={one.answer} />
      <div class="thumb">
        <button type="button" class="button quiet" onClick={forget}>Forget</button>
        <button type="button" class="button" onClick={close}>Back</button>
      </div>
    </div>
  );
}

function Form({ wrong, check, children }: { wrong: Wrong | null; check: (event: Event) => void; children?: ComponentChildren }) {
  const entered = (field: keyof typeof EMPTY) => (event: { currentTarget: HTMLInputElement }) => {
    given.value = { ...given.value, [field]: event.currentTarget.value };
  };
  const field = (name: keyof typeof EMPTY) => ({
    id: name,
    value: given.value[name],
    onInput: entered(name),
    autocomplete: "off",
    spellcheck: false,
    "aria-invalid": wrong?.field === name,
    "aria-describedby": wrong?.field === name ? "wrong" : undefined,
  });
  return (
    <form class="stop" onSubmit={check} noValidate>
      <h1>Stop check</h1>
      <div class="sorts" role="group" aria-label="Check a">
        {SORTS.map(([each, words]) => <button key={each} type="button" aria-pressed={sort.value === each} onClick={() => (sort.value = each)}>{words}</button>)}
      </div>
      {wrong && <p class="wrong" id="wrong" role="alert">{wrong.words}</p>}
      {sort.value === "vehicle" && <div class="field"><label for="vrm">Registration</label><input class="plate" {...field("vrm")} autocapitalize="characters" maxLength={12} /></div>}
      {sort.value === "phone" && <div class="field"><label for="phone">Phone number</label><input {...field("phone")} type="tel" inputMode="tel" maxLength={30} /></div>}
      {sort.value === "person" && (
        <>
          <div class="field"><label for="name">Name</label><input {...field("name")} autocapitalize="words" maxLength={200} /></div>
          <fieldset class="born">
            <legend>Born <span class="muted">(the year alone is enough)</span></legend>
            <div><label for="day">Day</label><input {...field("day")} inputMode="numeric" maxLength={2} /></div>
            <div><label for="month">Month</label><input {...field("month")} inputMode="numeric" maxLength={2} /></div>
            <div><label for="year">Year</label><input {...field("year")} inputMode="numeric" maxLength={4} class="wide" /></div>
          </fieldset>
        </>
      )}
      <div class="thumb"><button type="submit" class="button">Check</button></div>
      {children}
    </form>
  );
}

function Answer({ found }: { found: Found }) {
  const { subject, vehicle } = found;
  const warned = [...gathered(found.warnings).map((each) => warningWord(each.code)), ...gathered(found.flags).map((each) => said(each.code))];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [found]);
  const nothing = !subject && !vehicle && found.candidates.length === 0;
  return (
    <div class="answer">
      <h2 tabIndex={-1} ref={heading} class={warned.length ? "hidden" : "calm"}>
        {warned.length ? `${warned.length === 1 ? "1 warning or flag" : `${warned.length} warnings and flags`}: ${warned.join(", ")}` : nothing ? "Nothing found that you may see" : "No warnings that you may see"}
      </h2>
      {warned.length > 0 ? <Warnings warnings={found.warnings} flags={found.flags} /> : <p class="muted">This does not say that it is safe.</p>}
      {subject && (
        <section class="card">
          <h2>Person</h2>
          <a class="row" href={pageOf({ id: subject.id, kind: "PERSON" })}>
            <strong><bdi>{subject.label}</bdi></strong>
            <span>{subject.dateOfBirth ? `born ${date(subject.dateOfBirth)}, ${years(subject.dateOfBirth)} years` : subject.yearOfBirth ? `born ${subject.yearOfBirth}` : "birth not known"}{subject.gender && `, ${subject.gender.toLowerCase()}`}</span>
            <Markings texts={subject.markings} />
          </a>
        </section>
      )}
      {vehicle && (
        <section class="card">
          <h2>Vehicle</h2>
          <a class="row" href={pageOf({ id: vehicle.id, kind: "VEHICLE" })}>
            <strong class="plate">{vehicle.vrm ?? vehicle.label}</strong>
            <span>{[vehicle.colour, vehicle.make, vehicle.model, vehicle.year].filter(Boolean).join(" ").toLowerCase() || "nothing more is known"}</span>
          </a>
          {found.keepers.map((keeper) => (
            <p key={keeper.from.id} class="row">
              <span class="muted">Kept {keeper.validTo ? `until ${date(keeper.validTo, "DAY")}` : `since ${date(keeper.validFrom, keeper.validPrecision)}`} by</span> <Thing thing={keeper.from} />
            </p>
          ))}
        </section>
      )}
      {!subject && found.candidates.length > 0 && (
        <section class="card">
          <h2>Who it may be</h2>
          <p class="muted small">Nobody is sure enough. Ask more, or look at why each may be meant.</p>
          {found.candidates.slice(0, 5).map((each) => (
            <details key={each.entity.id} class="candidate">
              <summary><strong><bdi>{each.entity.label}</bdi></strong> <span>{each.entity.dateOfBirth ? date(each.entity.dateOfBirth) : (each.entity.yearOfBirth ?? "birth not known")}</span> <span class="num">{share(each.probability)}</span></summary>
              <ul>{each.evidence.map((one) => <li key={one.field}>{one.sentence}</li>)}</ul>
              <p><a href={pageOf({ id: each.entity.id, kind: "PERSON" })}>Open the profile</a></p>
            </details>
          ))}
        </section>
      )}
      <Disputes disputes={found.disputes} />
      {found.recentEvents.length > 0 && (
        <section class="card">
          <h2>Lately</h2>
          <ul class="plain">{found.recentEvents.slice(0, 6).map((each) => <li key={each.to.id} class="row"><Thing thing={each.to} />{each.role && <span class="muted"> {said(each.role)}</span>}</li>)}</ul>
        </section>
      )}
      <p class="muted small">As of {date(found.asOf)}.</p>
    </div>
  );
}

const share = (probability: number): string => (probability > 0.99 ? "over 99%" : probability < 0.01 ? "under 1%" : `${Math.round(probability * 100)}%`);
