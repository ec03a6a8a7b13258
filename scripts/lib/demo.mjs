// What the demonstration is made of: its folder, its credentials, and the shipped workflows.
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { shortHash } from './hash.mjs';
import { ROOT } from './paths.mjs';
import { Explained } from './progress.mjs';
import { importAndPublish } from './workflows.mjs';

const WORKFLOWS = join(ROOT, 'workflows');
const MARKER = 'whatsapp-desk-demo.json';
const VERIFY_TOKEN = 'demo-verify-token';
const WEBHOOK_MS = 30_000;
const TRIGGER = 'n8n-nodes-whatsapp-desk.whatsAppTrigger';

/** Points at the simulator; none of these values opens anything outside this machine. */
export function demoCredential(simulatorUrl) {
	return {
		name: 'WhatsApp Cloud API (demonstração)',
		type: 'whatsAppCloudApi',
		data: {
			accessToken: 'demo-token',
			phoneNumberId: '109876543210987',
			wabaId: '102030405060708',
			appId: '200000000000001',
			appSecret: 'demo-app-secret',
			verifyToken: VERIFY_TOKEN,
			graphVersion: 'v26.0',
			baseUrl: simulatorUrl,
		},
	};
}

/** One for all senders; a company makes one per ERP. */
export const ERP_CREDENTIAL = {
	name: 'ERP (demonstração)',
	type: 'erpWebhook',
	data: { secret: 'demo-erp-secret', account: '' },
};

/** A number linked by QR code: nothing connects before somebody activates it in the console. */
export const DEVICE_CREDENTIAL = {
	name: 'WhatsApp por QR Code (demonstração)',
	type: 'whatsAppLinkedDevice',
	data: { sessionName: 'atendimento', sessionKey: 'demo-session-key-of-nobody', previousSessionKey: '' },
};

/** Opens the pages of the desk. */
export const CONSOLE_CREDENTIAL = {
	name: 'Desk Console (demonstração)',
	type: 'deskConsole',
	data: { password: 'WhatsAppDesk1' },
};

export const webhookUrl = (n8nUrl) => `${n8nUrl}/webhook/whatsapp-desk/cloud-api`;

/** Makes the folder ours, or refuses one that holds something else. */
export async function openDemoFolder(folder, { reset }) {
	const isOurs = existsSync(join(folder, MARKER));
	const isEmpty = !existsSync(folder) || (await readdir(folder)).length === 0;
	if (!isOurs && !isEmpty) {
		throw new Explained(`${folder} already holds other files. Choose an empty or a new folder with --data.`);
	}
	if (reset && isOurs) await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	if (!existsSync(join(folder, MARKER))) await saveState(folder, {});
}

/**
 * Stores the credentials and the shipped workflows. What has not changed since the last start is left alone,
 * so that whatever was edited in the editor survives; a changed file or a new pack is published again.
 * @param {{ rest: Awaited<ReturnType<typeof import('./n8n-rest.mjs').connectToN8n>>, folder: string, simulatorUrl: string, packHash: string }} demo
 * @returns {Promise<string[]>} names of the workflows stored now
 */
export async function storeDemo({ rest, folder, simulatorUrl, packHash }) {
	const state = JSON.parse(await readFile(join(folder, MARKER), 'utf8'));
	const credentials = [demoCredential(simulatorUrl), ERP_CREDENTIAL, DEVICE_CREDENTIAL, CONSOLE_CREDENTIAL];
	const files = forTheDemo(await readWorkflows());
	const present = new Set((await rest.workflows.list()).filter(({ isArchived }) => !isArchived).map(({ id }) => id));
	const changed = files.filter(
		({ workflow, hash }) => !present.has(workflow.id) || state.workflows?.[workflow.id] !== hash,
	);
	const credentialHash = shortHash(JSON.stringify(credentials));
	if (changed.length > 0 || state.credential !== credentialHash) {
		await importAndPublish(rest, { credentials, workflows: changed.map(({ workflow }) => workflow) });
	}
	if (state.pack !== packHash) {
		// A published workflow learns the webhooks of a newer pack only when it is published again.
		for (const { workflow } of files)
			if (!changed.some((other) => other.workflow === workflow)) await rest.workflows.publish(workflow.id);
	}
	const hashes = Object.fromEntries(files.map(({ workflow, hash }) => [workflow.id, hash]));
	await saveState(folder, { pack: packHash, credential: credentialHash, workflows: hashes });
	return changed.map(({ workflow }) => workflow.name);
}

/**
 * When one node of a package does not load, n8n drops the whole package and only its log says so.
 * @param {Awaited<ReturnType<typeof import('./n8n-rest.mjs').connectToN8n>>} rest @param {string} log n8n's own
 */
export async function refuseUnloadedPack(rest, log) {
	const answer = await rest.call('POST', '/node-types', { nodeInfos: [{ name: TRIGGER, version: 1 }] });
	if (answer[0]?.name) return;
	const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n');
	const why = lines.filter((line) => line.includes('n8n-nodes-whatsapp-desk') || /error/i.test(line)).slice(0, 5);
	throw new Explained(
		`n8n runs, but it did not load the package:\n\n    ${why.join('\n    ') || 'its log gives no reason'}\n\nThe whole log is in ${log}`,
	);
}

/** Asks the webhook what Meta asks when a callback is registered, until it gives the right answer. */
export async function untilWebhookAnswers(n8nUrl) {
	const query = new URLSearchParams({
		'hub.mode': 'subscribe',
		'hub.verify_token': VERIFY_TOKEN,
		'hub.challenge': '4242',
	});
	const deadline = Date.now() + WEBHOOK_MS;
	let last = '';
	while (Date.now() < deadline) {
		const answer = await fetch(`${webhookUrl(n8nUrl)}?${query}`).catch((error) => error);
		const text = answer instanceof Error ? answer.message : await answer.text();
		if (answer.ok && text === '4242') return;
		last = answer instanceof Error ? text : `${answer.status} ${text.slice(0, 200)}`;
		await wait(200);
	}
	throw new Explained(
		`n8n runs, but the webhook for customer messages does not answer (${last}).\nIs the workflow with the Cloud API Webhook published? "npm start -- --reset" starts over.`,
	);
}

async function readWorkflows() {
	const names = (await readdir(WORKFLOWS).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
	return await Promise.all(
		names.map(async (name) => {
			const text = await readFile(join(WORKFLOWS, name), 'utf8');
			const workflow = JSON.parse(text);
			return { workflow: openAllDay({ ...workflow, id: workflow.id ?? shortHash(name) }), hash: shortHash(text) };
		}),
	);
}

const TRIAGE = 'whatsappDesk01';

/**
 * What is shipped, and the triage a second time: one copy serves the Cloud API, the other the number linked by QR code.
 * @param {Array<{ workflow: Record<string, any>, hash: string }>} files
 */
function forTheDemo(files) {
	const triage = files.find(({ workflow }) => workflow.id === TRIAGE);
	return triage ? [...files, { workflow: overLinkedDevice(triage.workflow), hash: triage.hash }] : files;
}

/**
 * The same workflow on the other channel: all that changes is what its trigger is connected through.
 * @param {Record<string, any>} workflow
 */
export function overLinkedDevice({ id, name, nodes, ...workflow }) {
	const swapped = nodes.map((/** @type {Record<string, any>} */ node) =>
		node.type === TRIGGER ? { ...node, parameters: { ...node.parameters, connectThrough: 'linkedDevice' } } : node,
	);
	return { ...workflow, id: `${id}qr`, name: `${name} (QR Code)`, nodes: swapped };
}

/**
 * The shipped hours are those of an office; a demonstration started in the evening would only ever say "closed".
 * @param {Record<string, any>} workflow
 */
export function openAllDay(workflow) {
	const nodes = workflow.nodes.map((/** @type {Record<string, any>} */ node) => {
		const open = OPEN[node.type.split('.').at(-1)];
		return open ? { ...node, parameters: { ...node.parameters, ...open(node.parameters) } } : node;
	});
	return { ...workflow, nodes };
}

const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const CONTACT_HOURS = {
	'config.diasDeContato': 'seg, ter, qua, qui, sex, sáb, dom',
	'config.das': '00:00',
	'config.ate': '24:00',
};

/** What is changed in a node, by its type. @type {Record<string, (parameters: Record<string, any>) => Record<string, any>>} */
const OPEN = {
	businessHours: () => ({ schedule: 'allDay', brazilianHolidays: false }),
	// The payment ladder has its hours among the settings of the workflow…
	set: ({ assignments }) => {
		const rows = assignments?.assignments ?? [];
		// Other workflows have a config.ate of their own: the end of a period.
		const isLadder = rows.some((/** @type {Record<string, any>} */ { name }) => name === 'config.diasDeContato');
		return isLadder ? { assignments: { ...assignments, assignments: rows.map(openSetting) } } : {};
	},
	// …and one state keeps short ones, so that something is left for later.
	dunningPlanner: () => ({
		openOnHolidays: true,
		stateHours: { row: [{ states: ['AC'], days: EVERY_DAY, from: '09:00', to: '10:00' }] },
	}),
};

function openSetting(/** @type {Record<string, any>} */ row) {
	return { ...row, value: CONTACT_HOURS[/** @type {keyof typeof CONTACT_HOURS} */ (row.name)] ?? row.value };
}

async function saveState(folder, state) {
	await writeFile(join(folder, MARKER), `${JSON.stringify(state, null, '\t')}\n`);
}
