/**
 * Creating, editing and deleting templates (C-25, C-29, C-34): judged here first, asked of the provider, kept in our table,
 * told on the timeline. A channel that knows no templates keeps its own, approved at once.
 */
import { newId } from '../ids';
import type { Instant } from '../model';
import type { Template, TemplateDraft, TemplateMediaType } from '../model-template';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import type { Answer, StoredMedia } from '../channel/port';
import { listTemplates, type TemplateDesk } from './catalog';
import { named, quoted } from './change-lines';
import { checkDraft, type DraftProblem } from './draft-rules';
import { loadTemplates, markListStale, removeTemplates, saveTemplates, type StoredTemplate } from './rows';
import { CATEGORY_WORDS, STATUS_WORDS } from './status-words';

export type TemplateRefusal = {
	type: 'refused';
	code: string;
	/** Portuguese: what happened and what to do. */
	explanation: string;
	/** Everything found wrong with the draft, at once. */
	problems: DraftProblem[];
	/** Whether asking again later may help. */
	retry: boolean;
};

/** `notes`: advice that forbids nothing, in Portuguese. */
export type TemplateResult = { type: 'done'; template: Template; notes: string[] } | TemplateRefusal;

export type TemplateDeletion = { type: 'done'; deleted: Template[] } | TemplateRefusal;

export async function createTemplate(desk: TemplateDesk, draft: TemplateDraft): Promise<TemplateResult> {
	const problems = checkDraft(draft);
	if (problems.some(({ severity }) => severity === 'error')) return wrongDraft(problems);
	const catalog = catalogOf(desk);
	if ('type' in catalog) return catalog;
	const [existing] = await find(desk, draft.name, draft.language);
	if (existing) {
		return refusal(
			'templateExists',
			`Já existe um modelo ${quoted(draft)}, ${STATUS_WORDS[existing.template.status]}. Edite-o ou escolha outro nome.`,
		);
	}
	const answer = catalog.local ? approvedHere(draft) : await catalog.create(draft);
	if (answer.type !== 'ok') return await unanswered(desk, answer);
	const template = fromDraft(draft, answer.value);
	const line = submittedLine(desk, template, 'templateSubmitted', catalog.local);
	await keep(desk, template, null, line);
	return { type: 'done', template, notes: notesOf(problems, draft, template) };
}

export async function editTemplate(desk: TemplateDesk, draft: TemplateDraft): Promise<TemplateResult> {
	const problems = checkDraft(draft);
	if (problems.some(({ severity }) => severity === 'error')) return wrongDraft(problems);
	const catalog = catalogOf(desk);
	if ('type' in catalog) return catalog;
	await listTemplates(desk, 0);
	const [existing] = await find(desk, draft.name, draft.language);
	if (!existing) return missing(draft.name, draft.language);
	if (!catalog.local) {
		const forbidden = editForbidden(existing, draft, desk.now);
		if (forbidden) return forbidden;
		const answer = await catalog.edit(existing.template.id!, draft);
		if (answer.type !== 'ok') return await unanswered(desk, answer);
	}
	const status = catalog.local ? 'approved' : 'pending';
	const template = fromDraft(draft, { id: existing.template.id, status, category: draft.category });
	await keep(desk, template, desk.now, submittedLine(desk, template, 'templateEdited', catalog.local));
	return { type: 'done', template, notes: notesOf(problems, draft, template) };
}

/** One language, or all of them when that is said: Meta's own call deletes all unless told otherwise. */
export async function deleteTemplate(
	desk: TemplateDesk,
	name: string,
	which: { language: string } | { allLanguages: true },
): Promise<TemplateDeletion> {
	const catalog = catalogOf(desk);
	if ('type' in catalog) return catalog;
	await listTemplates(desk, 0);
	const language = 'language' in which ? which.language.replace('-', '_') : undefined;
	const existing = (await find(desk, name, language)).map(({ template }) => template);
	if (existing.length === 0) return missing(name, language);
	const disabled = existing.find(({ status }) => status === 'disabled');
	if (disabled) {
		return refusal(
			'templateDisabled',
			`O modelo ${quoted(disabled)} foi desativado pela Meta e por isso não pode ser excluído. Deixe-o como está e crie outro com um novo nome.`,
		);
	}
	if (!catalog.local) {
		// Before Meta is asked: its webhook may be here before its answer, and must not tell our own deletion.
		await mark(desk, existing, 'deleted');
		const answer = await catalog.delete(name, language === undefined ? null : existing[0]!.id);
		if (answer.type !== 'ok') {
			await mark(desk, existing);
			return await unanswered(desk, answer);
		}
	}
	const languages = existing.map((template) => template.language);
	const line: TimelineLine = {
		event: 'templateDeleted',
		at: desk.now,
		channelId: desk.channelId,
		text: `O modelo "${name}" foi excluído (${languages.join(', ')}).`,
		data: { name, languages },
		key: `templateDeleted|${newId('tpl', desk.now)}`,
	};
	await desk.store.transaction(async (tx) => {
		await removeTemplates(tx, desk.channelId, existing);
		await appendTimeline(tx, desk.store.dialect, [line]);
	});
	return { type: 'done', deleted: existing };
}

/** Hands in the sample file of a header. A channel that knows no templates needs none. */
export async function uploadTemplateExample(
	desk: TemplateDesk,
	mediaType: TemplateMediaType,
	file: StoredMedia,
): Promise<{ type: 'done'; handle: string } | TemplateRefusal> {
	const catalog = catalogOf(desk);
	if ('type' in catalog) return catalog;
	if (catalog.local) return { type: 'done', handle: 'local' };
	const answer = await catalog.uploadExample(mediaType, file);
	return answer.type === 'ok' ? { type: 'done', handle: answer.value } : await unanswered(desk, answer);
}

const DAY_MS = 24 * 60 * 60_000;
const EDITABLE = new Set<Template['status']>(['approved', 'rejected', 'paused']);

/** Meta's rules of editing (Cloud API "template management"). */
function editForbidden({ template, editedAt }: StoredTemplate, draft: TemplateDraft, now: Instant) {
	if (!EDITABLE.has(template.status) || template.id === null) {
		return refusal(
			'templateNotEditable',
			`O modelo ${quoted(template)} está ${STATUS_WORDS[template.status]}; só modelos aprovados, rejeitados ou pausados podem ser editados. Espere a análise terminar ou crie outro modelo.`,
		);
	}
	if (template.status !== 'approved') return null;
	if (template.category !== draft.category) {
		return refusal(
			'templateCategoryFixed',
			`O modelo ${quoted(template)} já foi aprovado como ${CATEGORY_WORDS[template.category]} e a categoria de um modelo aprovado não muda. Mantenha a categoria ou crie outro modelo.`,
		);
	}
	if (editedAt === null || now - editedAt >= DAY_MS) return null;
	return refusal(
		'templateEditedToday',
		`O modelo ${quoted(template)} está aprovado e já foi editado nas últimas 24 horas; a Meta aceita uma edição por dia (e 10 em 30 dias). Tente de novo amanhã.`,
	);
}

function catalogOf({ channel }: TemplateDesk) {
	if (!channel) {
		return refusal(
			'channelNotReachable',
			'A credencial deste número ainda não foi usada aqui. Escolha a credencial no nó e tente de novo.',
		);
	}
	return channel.templates ? { local: false as const, ...channel.templates } : { local: true as const };
}

function find({ store, channelId }: TemplateDesk, name: string, language?: string): Promise<StoredTemplate[]> {
	return store.read((db) => loadTemplates(db, channelId, { name, ...(language ? { language } : {}) }));
}

function approvedHere(draft: TemplateDraft) {
	return { type: 'ok', value: { id: null, status: 'approved', category: draft.category } } as const;
}

function fromDraft(draft: TemplateDraft, answer: Pick<Template, 'id' | 'status' | 'category'>): Template {
	return { ...draft, ...answer, quality: 'unknown', reason: null };
}

async function keep(desk: TemplateDesk, template: Template, editedAt: Instant | null, line: TimelineLine) {
	await desk.store.transaction(async (tx) => {
		await saveTemplates(tx, desk.channelId, [template], desk.now, editedAt);
		await appendTimeline(tx, desk.store.dialect, [line]);
	});
}

/** Gives them this status, or their own back; whatever happens meanwhile, the next reading of the list puts it right. */
async function mark(desk: TemplateDesk, templates: readonly Template[], status?: Template['status']): Promise<void> {
	await desk.store.transaction(async (tx) => {
		const marked = templates.map((template) => ({ ...template, status: status ?? template.status }));
		await saveTemplates(tx, desk.channelId, marked, desk.now);
		await markListStale(tx, [desk.channelId]);
	});
}

function submittedLine(desk: TemplateDesk, template: Template, event: string, local: boolean): TimelineLine {
	const done = event === 'templateEdited' ? 'editado' : 'criado';
	const then = local ? 'e já pode ser usado' : `e enviado para aprovação; está ${STATUS_WORDS[template.status]}`;
	return {
		event,
		at: desk.now,
		channelId: desk.channelId,
		text: `O modelo ${quoted(template)} foi ${done} ${then}.`,
		data: { ...named(template), category: template.category, status: template.status },
		// Its own each time: the same template may be edited often.
		key: `${event}|${newId('tpl', desk.now)}`,
	};
}

function notesOf(problems: readonly DraftProblem[], draft: TemplateDraft, { category }: Template): string[] {
	const notes = problems.map(({ explanation }) => explanation);
	if (category === draft.category) return notes;
	const moved = `A Meta classificou o modelo como ${CATEGORY_WORDS[category]}, e não como ${CATEGORY_WORDS[draft.category]}: cada envio custa o preço dessa categoria.`;
	return [moved, ...notes];
}

async function unanswered(
	{ store, channelId }: TemplateDesk,
	answer: Exclude<Answer<unknown>, { type: 'ok' }>,
): Promise<TemplateRefusal> {
	if (answer.type === 'refused') {
		const { error, explanation, retry } = answer;
		return {
			...refusal(/^\d+$/.test(String(error.code)) ? `meta${error.code}` : String(error.code), explanation),
			retry,
		};
	}
	// It may have been done all the same: the next reading of the list shows it.
	await store.transaction((tx) => markListStale(tx, [channelId]));
	return { ...refusal('noAnswer', answer.reason), retry: true };
}

function wrongDraft(problems: DraftProblem[]): TemplateRefusal {
	const errors = problems.filter(({ severity }) => severity === 'error').map(({ explanation }) => explanation);
	return { ...refusal('templateDraftInvalid', errors.join(' ')), problems };
}

function missing(name: string, language: string | undefined): TemplateRefusal {
	const which = language ? quoted({ name, language }) : `"${name}"`;
	return refusal('templateNotFound', `Não há modelo ${which} neste número. Confira o nome e o idioma.`);
}

function refusal(code: string, explanation: string): TemplateRefusal {
	return { type: 'refused', code, explanation, problems: [], retry: false };
}
