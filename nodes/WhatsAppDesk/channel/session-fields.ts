/** What the operations on the link of a number share: who acts, and how long they wait for the process that holds it. */
import type { INodeProperties } from 'n8n-workflow';
import type { DeskCall } from '../desk-operation';

export const waitField: INodeProperties = {
	displayName: 'Wait (Seconds)',
	name: 'waitSeconds',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 120 },
	default: 20,
	description:
		'How long to wait for the answer of the process that holds the connection; the item tells how it stands then',
};

export function waitMsOf({ params }: DeskCall): number {
	return Math.max(0, params.number('waitSeconds')) * 1_000;
}

/** For the timeline: "ativada por …". */
export function byWorkflow({ context }: DeskCall): string {
	return `um fluxo do n8n ("${context.getWorkflow().name ?? context.getWorkflow().id}")`;
}
