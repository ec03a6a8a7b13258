// What a supervisor sees and does in n8n: runs WhatsApp Desk by hand, publishes a changed workflow, looks into executions.
import { setTimeout as wait } from 'node:timers/promises';
import type { E2eRig } from './e2e-rig';

type Json = Record<string, any>;

const PATIENCE_MS = 30_000;
const TOOL_ID = 'deskTool00000001';
const TRIGGER = 'Ao clicar';
const TOOL = 'WhatsApp Desk';

/** Runs one WhatsApp Desk node by hand in a small workflow of its own and returns its items. Throws what the node says. */
export async function useDesk(rig: E2eRig, parameters: Json): Promise<Json[]> {
	const { rest } = rig.n8n;
	const credentials = Object.fromEntries(
		(await rest.credentials.list()).map(({ type, id, name }: Json) => [type, { id, name }]),
	);
	await rest.workflows.put({
		id: TOOL_ID,
		name: 'Ferramenta',
		nodes: [
			{
				id: '0f000000-0000-4000-8000-000000000001',
				name: TRIGGER,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: '0f000000-0000-4000-8000-000000000002',
				name: TOOL,
				type: 'n8n-nodes-whatsapp-desk.whatsAppDesk',
				typeVersion: 1,
				position: [224, 0],
				parameters,
				...(parameters.resource === 'channel' ? { credentials } : {}),
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: TOOL, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	const { executionId } = await rest.workflows.run(TOOL_ID, TRIGGER);
	const { data } = await ended(rig, executionId!);
	if (data.resultData.error) throw new Error(data.resultData.error.message);
	return itemsOf(data, TOOL);
}

/** Replaces parameters of the named nodes in the stored workflow and publishes it. */
export async function republish(rig: E2eRig, workflow: Json, changes: Record<string, Json>): Promise<void> {
	const nodes = workflow.nodes.map((node: Json) =>
		changes[node.name] ? { ...node, parameters: { ...node.parameters, ...changes[node.name] } } : node,
	);
	await rig.n8n.rest.workflows.put({ ...workflow, nodes });
	await rig.n8n.rest.workflows.publish(workflow.id);
}

/** The first items a node got out of any finished execution of this workflow that fit. */
export async function seenInExecutions(
	rig: E2eRig,
	workflowId: string,
	nodeName: string,
	fits: (item: Json) => boolean,
): Promise<{ execution: Json; item: Json }> {
	const looked = new Set<string>();
	return await until(`an execution of ${workflowId} in which "${nodeName}" has the item`, async () => {
		for (const { id, status } of await rig.n8n.rest.executions.list({ workflowId })) {
			if (looked.has(id) || !['success', 'error'].includes(status)) continue;
			looked.add(id);
			const execution = await rig.n8n.rest.executions.get(id);
			const item = itemsOf(execution.data, nodeName).find(fits);
			if (item) return { execution, item };
		}
		return undefined;
	});
}

/** The execution once it has ended. */
export async function ended(rig: E2eRig, executionId: string): Promise<Json> {
	return await until(`the end of execution ${executionId}`, async () => {
		const execution = await rig.n8n.rest.executions.get(executionId);
		return ['success', 'error', 'crashed', 'canceled'].includes(execution.status) ? execution : undefined;
	});
}

/** What left the node by any output, in its last run; [] when it did not run. */
export function itemsOf(data: Json, nodeName: string): Json[] {
	const outputs: Array<Json[] | null> = data.resultData.runData[nodeName]?.at(-1)?.data?.main ?? [];
	return outputs.flatMap((items) => items ?? []).map(({ json }) => json);
}

/** Asks again and again until there is an answer; n8n tells nobody from outside when it has done something. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, patienceMs = PATIENCE_MS): Promise<T> {
	const deadline = Date.now() + patienceMs;
	while (Date.now() < deadline) {
		const found = await look();
		if (found !== undefined) return found;
		await wait(100);
	}
	throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}.`);
}
