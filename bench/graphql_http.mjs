// The audits of graphql-http (61 of them) of an address, where `npm install graphql-http graphql` was run in this folder's parents or in NODE_MODULES.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [url, folder] = process.argv.slice(2);
const found = createRequire(pathToFileURL(`${folder}/`)).resolve("graphql-http");
const { auditServer } = await import(pathToFileURL(found));
const results = await auditServer({ url, fetchFn: (address, options) => fetch(address, options) });
const failed = results.filter((result) => result.status !== "ok");
for (const { id, name, status, reason } of failed) console.log(`${status} ${id} ${name}: ${reason}`);
console.log(`graphql-http: ${results.length - failed.length} of ${results.length} audits`);
process.exit(failed.some(({ status }) => status === "error") ? 1 : 0);
