import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IDataObject,
	INodeType,
	INodeTypeDescription,
	IRun,
	ITriggerFunctions,
	ITriggerResponse,
} from 'n8n-workflow';
import { describeEvents, recentEvents } from '../../engine/index';
import { getDesk } from '../shared/desk';
import { DESK_EVENTS } from './desk-events';

export class DeskEventTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Desk Event Trigger',
		name: 'deskEventTrigger',
		icon: { light: 'file:../../icons/desk-event-trigger.svg', dark: 'file:../../icons/desk-event-trigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter.events.length === 1 ? $parameter.events[0] : $parameter.events.length + " events" }}',
		description:
			'Starts the workflow when something happens at the desk: someone waits, nobody is available, a message failed…',
		eventTriggerDescription: 'Waiting for a desk event',
		defaults: { name: 'Desk Event Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		triggerPanel: {
			header: 'Make it happen',
			executionsHelp: {
				inactive:
					'<b>While testing</b>, click "Execute step": the latest event of the chosen kinds is shown, or the next one if there was none yet.<br><br><b>Once published</b>, every event runs the workflow, in order and at least once, also after a restart.',
				active:
					'<b>While testing</b>, click "Execute step": the latest event of the chosen kinds is shown again.<br><br><b>Your workflow runs by itself</b> for every event.',
			},
			activationHint: 'Publish the workflow to have it run for every event.',
		},
		properties: [
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				noDataExpression: true,
				required: true,
				default: ['queued'],
				description: 'Which events start this workflow. Each becomes one item with a sentence for people in "text".',
				options: DESK_EVENTS,
			},
		],
	};

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		const desk = await getDesk(this);
		const events = new Set(this.getNodeParameter('events', ['queued']) as string[]);
		const workflowId = String(this.getWorkflow().id);
		const items = async (entries: Awaited<ReturnType<typeof recentEvents>>) =>
			(await describeEvents(desk, entries)).map((event) => ({ json: event as unknown as IDataObject }));

		if (this.getMode() === 'manual') {
			let stop: (() => Promise<void>) | undefined;
			return {
				closeFunction: async () => await stop?.(),
				manualTriggerFunction: async () => {
					const latest = await recentEvents(desk, [...events], 1);
					if (latest.length > 0) return this.emit([await items(latest)]);
					stop = await desk.listenToEvents({
						// A listener of its own, so that the published one misses nothing.
						id: `${workflowId}/${this.getNode().id}/test`,
						workflowId,
						events,
						channelId: null,
						emit: async (entries) => {
							this.emit([await items(entries.slice(0, 1))]);
							return 'succeeded';
						},
					});
				},
			};
		}
		const stop = await desk.listenToEvents({
			id: `${workflowId}/${this.getNode().id}`,
			workflowId,
			events,
			channelId: null,
			emit: async (entries) => {
				const done = this.helpers.createDeferredPromise<IRun>();
				this.emit([await items(entries)], undefined, done);
				const run = (await done.promise) as IRun | undefined;
				return run?.status === 'error' || run?.status === 'crashed' ? 'failed' : 'succeeded';
			},
		});
		return { closeFunction: stop };
	}
}
