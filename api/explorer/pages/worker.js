// Keeps the explorer's own files, so that it starts without network. What was asked and answered never comes by here:
// it lets everything pass but its own files, the first page and what that is told before anybody signs in.

const FILES = ["/assets/icon-Cb03uXbS.svg","/assets/index-D0hIHT9y.css","/assets/index-PS5x8zwt.js","/assets/stop-PHYM0Ygb.js","/assets/thing-sqwGqVc5.js","/assets/warning-Bs3pRIap.js"];
const CACHE = "polegraph-70b59d63f244459f";
const TOLD = ["/", "/explorer"];

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...TOLD, ...FILES])));
});

addEventListener("activate", (event) => {
  const others = async () => Promise.all((await caches.keys()).filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(others().then(() => clients.claim()));
});

// As it is kept: of `/explorer` what it tells to nobody in particular, because it was fetched without a token.
const kept = (place) => caches.match(place, { cacheName: CACHE });

addEventListener("fetch", (event) => {
  const place = new URL(event.request.url);
  if (event.request.method !== "GET" || place.origin !== location.origin) return;
  if (place.pathname.startsWith("/assets/")) {
    event.respondWith(kept(place.pathname).then((found) => found ?? fetch(event.request)));
  } else if (TOLD.includes(place.pathname) && place.search === "") {
    event.respondWith(fetch(event.request).catch(async () => (await kept(place.pathname)) ?? Response.error()));
  }
});
