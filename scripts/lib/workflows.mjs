// Puts credentials and workflows into a running n8n and publishes them.
// Workflow files carry no credential ids (those belong to one installation): they are filled in here.

/** @typedef {Record<string, any>} Json */

/**
 * @param {Awaited<ReturnType<typeof import('./n8n-rest.mjs').connectToN8n>>} rest
 * @param {{ credentials?: Json[], workflows: Json[], publish?: boolean }} content credentials: { name, type, data }
 * @returns {Promise<Json[]>} the stored workflows, in the given order
 */
export async function importAndPublish(rest, { credentials = [], workflows, publish = true }) {
	/** @type {Json[]} */
	const stored = [];
	for (const credential of credentials) stored.push(await rest.credentials.put(credential));
	const nodeTypes =
		workflows.length > 0 && stored.length > 0 ? await credentialTypesByNode(rest, workflows) : new Map();
	const results = [];
	for (const workflow of workflows) {
		const saved = await rest.workflows.put(linkCredentials(workflow, stored, nodeTypes));
		results.push(publish ? await rest.workflows.publish(saved.id) : saved);
	}
	return results;
}

/**
 * Copies a workflow with every node that can use one of the stored credentials linked to it.
 * A node that already names a credential gets the one of that name; otherwise the first of a type it accepts.
 * @param {Json} workflow @param {Json[]} stored { id, name, type } @param {Map<string, string[]>} nodeTypes node type → credential types
 */
export function linkCredentials(workflow, stored, nodeTypes) {
	const nodes = workflow.nodes.map((/** @type {Json} */ node) => {
		/** @type {Json} */
		const links = { ...node.credentials };
		for (const type of new Set([...Object.keys(links), ...(nodeTypes.get(node.type) ?? [])])) {
			const wanted = links[type]?.name;
			const found = stored.find(
				(credential) => credential.type === type && (wanted === undefined || credential.name === wanted),
			);
			if (found) links[type] = { id: found.id, name: found.name };
		}
		return Object.keys(links).length > 0 ? { ...node, credentials: links } : node;
	});
	return { ...workflow, nodes };
}

/** Asks n8n which credential types the nodes of these workflows accept. */
async function credentialTypesByNode(/** @type {Json} */ rest, /** @type {Json[]} */ workflows) {
	const wanted = new Map();
	for (const { type, typeVersion } of workflows.flatMap((workflow) => workflow.nodes)) {
		wanted.set(type, { name: type, version: typeVersion ?? 1 });
	}
	const infos = [...wanted.values()];
	const descriptions = await rest.call('POST', '/node-types', { nodeInfos: infos });
	/** @returns {string[]} */
	const accepted = (/** @type {number} */ index) =>
		(descriptions[index]?.credentials ?? []).map((/** @type {Json} */ credential) => credential.name);
	return new Map(infos.map(({ name }, index) => [name, accepted(index)]));
}
