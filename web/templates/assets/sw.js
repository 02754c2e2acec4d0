// The service worker keeps the shell and one page for a lost network, and never a page of a person.
importScripts({% for url in scripts %}{{ url|tojson }}{{ ", " if not loop.last }}{% endfor %});
workbox.core.setCacheNameDetails({ prefix: "linli" });
workbox.precaching.precacheAndRoute({{ shell|tojson }}, { cleanURLs: false, directoryIndex: null });
workbox.precaching.cleanupOutdatedCaches();
const network = new workbox.strategies.NetworkOnly();
workbox.routing.registerRoute(
  ({ request }) => request.mode === "navigate",
  (visit) => network.handle(visit).catch(() => workbox.precaching.matchPrecache({{ shell[0].url|tojson }})),
);
self.addEventListener("message", (event) => {
  if (event.data && event.data.type === "SKIP_WAITING") self.skipWaiting();
});
