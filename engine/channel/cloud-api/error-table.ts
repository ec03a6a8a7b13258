/**
 * What does each documented error code mean for a message, and what is to be done? Data only.
 * The same code may come in the HTTP answer or later in a status, so nothing here depends on where it was seen.
 * Source: Cloud API "error codes"; decisions are made on the code, never on titles, which change.
 *
 *   never    this message is over: sending it again gives the same answer
 *   fix      a person must mend the account, the number or the credential first
 *   backoff  try again by itself: for this contact only, or holding the whole channel
 */
export type Advice = 'never' | 'fix' | Backoff;

export interface Backoff {
	scope: 'contact' | 'channel';
	/** Wait before the first new attempt, in milliseconds. */
	waitMs: number;
	/** What the wait is multiplied by for each further attempt. */
	growth: number;
}

export interface ErrorMeaning {
	advice: Advice;
	/** Portuguese: what happened and what to do. */
	explanation: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const contactBackoff = (waitMs: number, growth = 2): Backoff => ({ scope: 'contact', waitMs, growth });
const channelBackoff = (waitMs: number, growth = 2): Backoff => ({ scope: 'channel', waitMs, growth });

/** True while it is tried again as well as when that has come to nothing. */
export const RETRIED = 'O envio é repetido por um tempo; se não passar, envie de novo mais tarde.';

const PERMISSION: ErrorMeaning = {
	advice: 'fix',
	explanation:
		'O token não tem permissão para esta ação. Dê a ele whatsapp_business_messaging e whatsapp_business_management e associe a conta WhatsApp ao usuário do sistema.',
};

export const ERROR_TABLE: Record<number, ErrorMeaning> = {
	// ---- credential and permission
	0: {
		advice: 'fix',
		explanation: 'A Meta não reconheceu o token. Gere um token de usuário do sistema e atualize a credencial.',
	},
	3: PERMISSION,
	10: PERMISSION,
	33: {
		advice: 'fix',
		explanation: 'O número foi excluído da conta na Meta. Confira o Phone Number ID da credencial.',
	},
	190: {
		advice: 'fix',
		explanation: 'O token expirou ou foi revogado. Gere um novo token de usuário do sistema e atualize a credencial.',
	},
	131005: PERMISSION,

	// ---- account and number
	368: {
		advice: 'fix',
		explanation:
			'A conta está bloqueada por violar as políticas do WhatsApp. Veja o motivo e recorra no Gerenciador do WhatsApp.',
	},
	131031: {
		advice: 'fix',
		explanation:
			'A conta está bloqueada pela Meta (política ou dados que não conferem, como o PIN). Veja a saúde da conta no Gerenciador do WhatsApp.',
	},
	131037: {
		advice: 'fix',
		explanation: 'O nome de exibição do número ainda não foi aprovado. Ajuste o nome no Gerenciador do WhatsApp.',
	},
	131042: {
		advice: 'fix',
		explanation:
			'Há um problema de pagamento na conta da Meta. Confira a forma de pagamento e o limite de crédito no Gerenciador do WhatsApp.',
	},
	131045: {
		advice: 'fix',
		explanation: 'O número não está registrado corretamente. Registre-o de novo na Meta antes de enviar.',
	},
	131048: {
		advice: 'fix',
		explanation:
			'O número foi limitado por bloqueios e denúncias. Pare as campanhas e acompanhe a qualidade do número antes de enviar de novo.',
	},
	133010: {
		advice: 'fix',
		explanation: 'O número não está registrado na Cloud API. Registre-o na Meta e envie de novo.',
	},
	133016: {
		advice: 'fix',
		explanation: 'O número foi registrado vezes demais. Aguarde 72 horas antes de registrar de novo.',
	},
	131030: {
		advice: 'fix',
		explanation:
			'Números de teste só enviam para a lista permitida. Inclua este destinatário na lista do aplicativo na Meta.',
	},

	// ---- throttling and outages: try again
	1: {
		advice: channelBackoff(5 * SECOND),
		explanation: `A Meta teve uma falha passageira. ${RETRIED}`,
	},
	2: {
		advice: channelBackoff(5 * SECOND),
		explanation: `O serviço da Meta está fora do ar por um momento. ${RETRIED}`,
	},
	4: {
		advice: channelBackoff(5 * MINUTE),
		explanation: `O aplicativo passou do limite de chamadas da Meta por hora. ${RETRIED}`,
	},
	80007: {
		advice: channelBackoff(5 * MINUTE),
		explanation: `A conta passou do limite de chamadas da Meta por hora. ${RETRIED}`,
	},
	130429: {
		advice: channelBackoff(SECOND),
		explanation: `O número passou do limite de mensagens por segundo. ${RETRIED}`,
	},
	131000: {
		advice: contactBackoff(5 * SECOND),
		explanation: `A Meta não conseguiu enviar e não disse por quê. ${RETRIED}`,
	},
	131016: {
		advice: channelBackoff(10 * SECOND),
		explanation: `Um serviço da Meta está indisponível. ${RETRIED}`,
	},
	131056: {
		advice: contactBackoff(SECOND, 4),
		explanation: `Foram mensagens demais para este contato em pouco tempo. ${RETRIED}`,
	},
	131057: {
		advice: channelBackoff(MINUTE),
		explanation: `O número está em manutenção ou aumento de capacidade, por cerca de um minuto. ${RETRIED}`,
	},
	131064: {
		advice: channelBackoff(MINUTE),
		explanation: `A Meta limitou o ritmo de envio. ${RETRIED}`,
	},
	133004: {
		advice: channelBackoff(10 * SECOND),
		explanation: `O servidor da Meta está indisponível por um momento. ${RETRIED}`,
	},

	// ---- this contact
	130472: {
		advice: 'never',
		explanation:
			'O contato faz parte de um experimento da Meta e não recebeu esta mensagem de marketing. Use outro meio.',
	},
	130497: { advice: 'never', explanation: 'A conta não pode enviar para o país deste contato. Use outro meio.' },
	131021: {
		advice: 'never',
		explanation: 'O destinatário é o próprio número da empresa. Informe o número do contato.',
	},
	131026: {
		advice: 'never',
		explanation:
			'Não possui telefone para envio de mensagem: o número não tem WhatsApp, não aceitou os termos ou usa um aplicativo antigo. Confirme o número ou use outro meio.',
	},
	131047: {
		advice: 'never',
		explanation:
			'Passaram mais de 24 horas desde a última mensagem do contato. Envie um modelo aprovado ou espere o contato escrever.',
	},
	131049: {
		advice: 'never',
		explanation:
			'A Meta decidiu não entregar para não cansar o contato com marketing. Espere ao menos 24 horas antes de tentar outra campanha.',
	},
	131050: {
		advice: 'never',
		explanation: 'O contato pediu para não receber mensagens de marketing. Não envie mais marketing a ele.',
	},
	131062: {
		advice: 'never',
		explanation:
			'Este modelo de autenticação precisa do telefone do contato, que está oculto. Peça o telefone na conversa.',
	},
	137000: {
		advice: 'never',
		explanation: 'A identidade do contato mudou desde a última confirmação. Confirme com ele antes de enviar.',
	},

	// ---- this content
	100: {
		advice: 'never',
		explanation: 'A Meta recusou um campo da mensagem (nome, valor ou tamanho). Veja o detalhe e corrija o campo.',
	},
	131008: {
		advice: 'never',
		explanation: 'Falta um campo obrigatório na mensagem. Veja o detalhe e complete o campo.',
	},
	131009: {
		advice: 'never',
		explanation: 'Um campo da mensagem tem um valor que a Meta não aceita. Veja o detalhe e corrija o valor.',
	},
	131051: {
		advice: 'never',
		explanation: 'O WhatsApp não aceita este tipo de mensagem. Envie como texto ou documento.',
	},
	131052: {
		advice: 'never',
		explanation: 'Não foi possível baixar o arquivo do contato (expirou ou passa de 100 MB). Peça que envie de novo.',
	},
	131053: {
		advice: 'never',
		explanation: 'A Meta não conseguiu carregar o arquivo: tipo, tamanho ou link. Confira o arquivo e envie de novo.',
	},
	131059: {
		advice: 'never',
		explanation: 'A página de resultados pedida não existe mais. Comece a consulta do início.',
	},
	131060: {
		advice: 'never',
		explanation: 'A Meta não tem o conteúdo desta mensagem do aplicativo no celular. Peça que seja reenviada.',
	},
	131061: {
		advice: 'never',
		explanation: 'Este modelo só pode ser enviado pelo serviço de marketing da Meta. Use outro modelo.',
	},
	135000: {
		advice: 'never',
		explanation: 'A Meta recusou a mensagem por um erro nos parâmetros. Veja o detalhe e corrija a mensagem.',
	},

	// ---- templates
	132000: {
		advice: 'never',
		explanation: 'O número de variáveis não é o do modelo aprovado. Releia o modelo e preencha todas as variáveis.',
	},
	132001: {
		advice: 'fix',
		explanation:
			'O modelo não existe neste idioma ou ainda não foi aprovado. Confira o nome, o idioma e a situação do modelo.',
	},
	132005: {
		advice: 'never',
		explanation: 'O texto do modelo, já preenchido, ficou longo demais. Encurte os valores das variáveis.',
	},
	132007: {
		advice: 'never',
		explanation: 'O conteúdo viola a política de formato de modelos da Meta. Revise o texto e os valores.',
	},
	132012: {
		advice: 'never',
		explanation:
			'Uma variável tem formato diferente do modelo aprovado (tipo do cabeçalho ou nome da variável). Releia o modelo e ajuste.',
	},
	132015: {
		advice: 'fix',
		explanation: 'O modelo está pausado por baixa qualidade. Espere a pausa terminar ou edite o modelo.',
	},
	132016: { advice: 'never', explanation: 'O modelo foi desativado de vez por baixa qualidade. Crie um novo modelo.' },
	132018: {
		advice: 'never',
		explanation: 'As variáveis do modelo têm erro de preenchimento. Releia o modelo e corrija os valores.',
	},
};

/** 100 with this sub-code: the id in the address is not an object this token can see. */
export const UNKNOWN_OBJECT: ErrorMeaning = {
	advice: 'fix',
	explanation:
		'A Meta não encontrou o número com este token. Confira o Phone Number ID da credencial (não é o telefone) e se o token pertence à mesma conta.',
};

export const PERMISSION_RANGE: ErrorMeaning = PERMISSION;

export const UNLISTED: ErrorMeaning = {
	advice: 'never',
	explanation:
		'A Meta recusou a mensagem com um código que não conhecemos. Veja o detalhe e a página de códigos de erro da Cloud API.',
};
