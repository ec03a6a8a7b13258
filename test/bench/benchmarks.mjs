// Every benchmark, in the order they run. To add one: a file that exports { name, run(options) }, and a line here.
import { engineAuthState } from './engine/auth-state.mjs';
import { engineLinkedDevice } from './engine/linked-device.mjs';
import { engineHistory } from './engine/history.mjs';
import { enginePlanner } from './engine/planner.mjs';
import { engineThroughput } from './engine/throughput.mjs';
import { engineScale } from './engine/scale.mjs';
import { engineSending } from './engine/sending.mjs';
import { engineStatuses } from './engine/statuses.mjs';
import { n8nErpWebhook } from './n8n/erp-webhook.mjs';
import { n8nSendTemplate } from './n8n/send-template.mjs';
import { n8nTriage } from './n8n/triage.mjs';

/**
 * What one benchmark found. `ours` and `peer` share `unit`; `ratio` is ours / peer.
 * `goal` reads 'ours >= 2000' or 'ratio <= 0.35'; null where a figure is only told.
 * @typedef {{ name: string, ours: number, peer: number | null, ratio: number | null, goal: string | null, unit: string }} Figure
 *
 * @typedef {object} BenchOptions
 * @property {boolean} quick all benchmarks together take some ten minutes
 * @property {string} dist the compiled package
 * @property {string} folder for databases and logs; thrown away afterwards
 * @property {string | null} profiles where to keep CPU profiles, when they are asked for
 * @property {() => Promise<string | null>} postgres URL of an empty database on a running server; null without a server
 * @property {() => Promise<{ runtime: string, template: string, nodes: string }>} n8n the pinned n8n with the pack installed
 * @property {(text: string) => void} say one line of progress
 *
 * @typedef {{ name: string, run(options: BenchOptions): Promise<Figure[]> }} Benchmark
 */

/** @type {Benchmark[]} */
export const BENCHMARKS = [
	n8nTriage,
	engineThroughput,
	engineScale,
	engineSending,
	engineHistory,
	engineStatuses,
	enginePlanner,
	engineAuthState,
	engineLinkedDevice,
	n8nSendTemplate,
	n8nErpWebhook,
];
