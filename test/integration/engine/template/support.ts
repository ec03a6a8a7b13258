import { createTemplate, findTemplate, listTemplates, type TemplateList } from '../../../../engine';
import type { Template, TemplateDraft } from '../../../../engine/model-template';
import { placeholdersOf } from '../../../../engine/text';
import type { DeskRig } from '../../../support/desk-rig';
import { eventually } from '../../../support/eventually';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export type DraftChanges = Partial<TemplateDraft> & { text?: string };

/** A reminder of school fees, and what a test changes. */
export function draft(changes: DraftChanges = {}): TemplateDraft {
	const { text = 'Olá {{1}}, a sua mensalidade vence em {{2}} e o boleto está no portal do aluno.', ...rest } = changes;
	return {
		name: 'lembrete_mensalidade',
		language: 'pt_BR',
		category: 'utility',
		parameterFormat: 'positional',
		header: null,
		body: { text, variables: placeholdersOf(text).map((name) => ({ name, example: `exemplo ${name}` })) },
		footer: null,
		buttons: [],
		...rest,
	};
}

/** What the tests of templates ask a desk again and again. */
export function templatesOf(rig: DeskRig) {
	const told = async (): Promise<string[]> =>
		(await rig.desk.store.db.selectFrom('timeline').selectAll().orderBy('seq').execute())
			.filter(({ event }) => event.startsWith('template') || event === 'account')
			.map(({ event, text }) => `${event}: ${text}`);
	return {
		list: (maxAgeMs?: number): Promise<TemplateList> => listTemplates(rig.desk, rig.channelId, { maxAgeMs }),
		find: (maxAgeMs?: number) => findTemplate(rig.desk, rig.channelId, 'lembrete_mensalidade', 'pt_BR', { maxAgeMs }),
		async ask(changes: DraftChanges = {}): Promise<Template> {
			const result = await createTemplate(rig.desk, rig.channelId, draft(changes));
			if (result.type !== 'done') throw new Error(result.explanation);
			return result.template;
		},
		told,
		eventTold: (event: string) => eventually(async () => (await told()).some((line) => line.startsWith(`${event}:`))),
		/** Meta cannot be reached: the credential now points to a closed port. */
		unplug: () => rig.desk.useCloudApi({ ...rig.credentials, baseUrl: 'http://127.0.0.1:9' }),
	};
}
