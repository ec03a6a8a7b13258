// What the n8n editor does over HTTP, for scripts and tests: log in, store credentials and workflows, publish, run, look.
// n8n's internal REST API, as of the pinned version.

import { setTimeout as wait } from 'node:timers/promises';

const PUBLISH_MS = 60_000;

/** @typedef {Record<string, any>} Json */

/**
 * @param {string} url @param {{ email: string, password: string }} owner
 * @returns a client that is logged in as the owner
 */
export async function connectToN8n(url, owner) {
	const login = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: owner.email, password: owner.password }),
	});
	if (!login.ok) throw new Error(`n8n refused the login of ${owner.email}: ${login.status} ${await login.text()}`);
	const cookie = login.headers
		.getSetCookie()
		.map((line) => line.split(';')[0])
		.join('; ');

	/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
	async function call(method, path, body) {
		const response = await fetch(`${url}/rest${path}`, {
			method,
			headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${messageIn(text)}`);
		const answer = text ? JSON.parse(text) : {};
		return 'data' in answer ? answer.data : answer;
	}

	return {
		call,
		credentials: {
			/** @returns {Promise<Json[]>} */
			list: () => call('GET', '/credentials'),
			/** Creates the credential, or brings the one of the same name and type up to date. @param {Json} credential { name, type, data } @returns {Promise<Json>} */
			async put(credential) {
				const existing = (await call('GET', '/credentials')).find(
					(/** @type {Json} */ other) => other.name === credential.name && other.type === credential.type,
				);
				if (!existing) return await call('POST', '/credentials', credential);
				return await call('PATCH', `/credentials/${existing.id}`, credential);
			},
		},
		workflows: {
			/** @returns {Promise<Json[]>} */
			list: () => call('GET', '/workflows'),
			/** @param {string} id @returns {Promise<Json>} */
			get: (id) => call('GET', `/workflows/${id}`),
			/** Creates the workflow, or replaces the draft of the one with the same id. @param {Json} workflow @returns {Promise<Json>} */
			async put({ id, name, nodes, connections, settings = {}, pinData, meta }) {
				const body = { name, nodes, connections, settings, pinData, meta };
				const exists = id !== undefined && (await call('GET', `/workflows/${id}/exists`)).exists;
				if (!exists) return await call('POST', '/workflows', { id, ...body });
				const { versionId } = await call('GET', `/workflows/${id}`);
				return await call('PATCH', `/workflows/${id}`, { ...body, versionId });
			},
			/** Publishes the current draft and waits until its triggers are live. @param {string} id @returns {Promise<Json>} */
			async publish(id) {
				const { versionId } = await call('GET', `/workflows/${id}`);
				const workflow = await call('POST', `/workflows/${id}/activate`, { versionId });
				await untilSettled(call, id);
				return workflow;
			},
			/** Takes the published version off line and waits until that is done. @param {string} id @returns {Promise<Json>} */
			async unpublish(id) {
				const workflow = await call('POST', `/workflows/${id}/deactivate`, {});
				await untilSettled(call, id);
				return workflow;
			},
			/** Starts the saved draft by hand from one trigger. @param {string} id @param {string} triggerName @param {Json} [extra] @returns {Promise<{ executionId?: string, waitingForWebhook?: boolean }>} */
			run: (id, triggerName, extra = {}) =>
				call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: triggerName }, ...extra }),
			/** @param {string} id */
			async delete(id) {
				await call('POST', `/workflows/${id}/archive`, {});
				await call('DELETE', `/workflows/${id}`);
			},
		},
		executions: {
			/** Newest first, at most 100. @param {Json} [filter] e.g. { workflowId, status: ['success'] } @returns {Promise<Json[]>} */
			async list(filter = {}) {
				const query = new URLSearchParams({ limit: '100', filter: JSON.stringify(filter) });
				return (await call('GET', `/executions?${query}`)).results;
			},
			/** With its run data unpacked: `data.resultData.runData[nodeName][0].data.main`. @param {string} id @returns {Promise<Json>} */
			async get(id) {
				const execution = await call('GET', `/executions/${id}`);
				return typeof execution.data === 'string' ? { ...execution, data: unflatten(execution.data) } : execution;
			},
		},
	};
}

/** n8n carries out a publication after it has answered; a trigger that fails is tried again for about 15 seconds. */
async function untilSettled(
	/** @type {(method: string, path: string) => Promise<any>} */ call,
	/** @type {string} */ id,
) {
	const deadline = Date.now() + PUBLISH_MS;
	while (Date.now() < deadline) {
		const { status, triggers } = await call('GET', `/workflows/${id}/publication-status`);
		if (status === 'published' || status === 'not_published') return;
		if (status !== 'in_progress') {
			const reasons = triggers.map((/** @type {Json} */ trigger) => trigger.errorMessage).filter(Boolean);
			throw new Error(`n8n could not publish workflow ${id}: ${reasons.join('; ') || status}`);
		}
		await wait(50);
	}
	throw new Error(`n8n did not finish publishing workflow ${id} in time`);
}

function messageIn(/** @type {string} */ text) {
	try {
		return JSON.parse(text).message ?? text.slice(0, 500);
	} catch {
		return text.slice(0, 500);
	}
}

/** n8n stores run data as a flat list in which every string is an index into the list. */
function unflatten(/** @type {string} */ text) {
	/** @type {unknown[]} */
	const flat = JSON.parse(text);
	/** @type {Map<number, unknown>} */
	const done = new Map();
	const at = (/** @type {number} */ index) => {
		const value = flat[index];
		if (value === null || typeof value !== 'object') return value;
		if (done.has(index)) return done.get(index);
		/** @type {any} */
		const copy = Array.isArray(value) ? [] : {};
		done.set(index, copy);
		for (const [key, item] of Object.entries(value)) copy[key] = typeof item === 'string' ? at(Number(item)) : item;
		return copy;
	};
	return at(0);
}
