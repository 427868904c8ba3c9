"""The words of harmless code: what a function may name so that calling it changes nothing but what it is given.

Whatever is not here makes a notebook one that is regraded whole, so a word that is missing costs time and no more. A
word may be added when no object of an allowed module that has it changes anything shared when it is called, and none is
a list, a dictionary, an array or another thing that could be changed in place.
"""

from __future__ import annotations

import builtins

_FUNCTIONS = """
abs all any bool callable chr complex dict divmod Ellipsis enumerate filter float format frozenset int isinstance
iter len list map max min next NotImplemented object ord pow print range repr reversed round set slice sorted str
sum super tuple zip
"""
EXCEPTIONS = frozenset(
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, Exception)
)
BUILTINS = EXCEPTIONS.union(_FUNCTIONS.split())

FROM_NOTEBOOK = frozenset({"get_ipython", "display", "exit", "quit", "copyright", "credits", "license"})

_MODULES = """
collections collections.abc copy functools itertools math matplotlib.pyplot numpy numpy.linalg numpy.random random torch
torch.nn torch.nn.functional torch.nn.init torch.optim torch.utils.data typing
"""
MODULES = frozenset(_MODULES.split())
TYPING = frozenset({"typing", "collections.abc"})

_METHODS = "__init__ __call__ __len__ __getitem__ __iter__ __next__ __repr__ __str__"
SPECIAL_METHODS = frozenset(_METHODS.split())

# Change something for as long as a `with` lasts, so they may stand nowhere else.
CONTEXTS = frozenset({"errstate", "no_grad", "enable_grad", "inference_mode"})

# Reach what all exercises share: files. Exercises that do are kept or regraded together.
FILES = frozenset({"load", "save", "savefig"})

_MODULE_WORDS = """
abc accelerator autograd backends cuda data functional init linalg mps nn optim pyplot random utils
"""

_ARRAYS = """
abs absolute accumulate add all allclose amax amin any append arange arccos arcsin arctan arctan2 argmax argmin
argsort array array_equal array_split asarray ascontiguousarray astype at atleast_1d atleast_2d average bincount
binomial bool_ broadcast_shapes broadcast_to c_ ceil choice clip column_stack concatenate conj convolve copy
copysign cos cosh count_nonzero cross cumprod cumsum default_rng deg2rad det diag diagonal diff divide dot dstack
dtype e einsum empty empty_like eps equal exp expand_dims expm1 eye fill fill_diagonal finfo flags flat flatten flip
float16 float32 float64 floor floor_divide full full_like generate_state gradient greater greater_equal heaviside
histogram hsplit hstack hypot identity iinfo indices inf inner int16 int32 int64 int8 integers inv isclose
iscomplexobj isfinite isinf isnan item ix_ kron less less_equal linspace log log10 log1p log2 logaddexp logical_and
logical_not logical_or logspace matmul max maximum mean median meshgrid mgrid min minimum mod mT multiply nan
nan_to_num nanmax nanmean nanmin nanstd nansum ndarray ndenumerate ndim ndindex negative newaxis nonzero norm normal
ones ones_like outer pad percentile permutation pi piecewise power prod product promote_types ptp quantile rad2deg
rand randint randn random ravel real reciprocal reduce remainder repeat reshape resize rint roll roots rot90 round
sample seed shape shares_memory shuffle sign sin sinc sinh size solve sort split sqrt square squeeze stack
standard_normal std strides subtract sum swapaxes T take take_along_axis tan tanh tensordot tile tolist trace
transpose tri tril triu trunc uint32 uint64 uint8 uniform unique unravel_index var vdot vectorize view vsplit vstack
where writeable zeros zeros_like
"""

_TENSORS = """
abs_ Adam AdamW add_ as_tensor backward batch_norm BatchNorm1d BatchNorm2d BCELoss BCEWithLogitsLoss bias bmm bool
cat chunk clamp clone contiguous Conv1d Conv2d copy_ cpu cross_entropy CrossEntropyLoss current_accelerator
DataLoader detach device device_count dim double Dropout dropout eq eval fill_ Flatten float from_numpy gather GELU
gelu Generator grad half Identity index_select is_available is_floating_point is_leaf jvp kaiming_normal_
kaiming_uniform_ layer_norm LayerNorm Linear load_state_dict log_softmax long manual_seed masked_fill MaxPool2d mm
Module ModuleList mse_loss MSELoss mul mul_ mv named_parameters nelement nll_loss normal_ numel numpy one_hot ones_
param_groups Parameter parameters permute RandomState randperm ReLU relu requires_grad requires_grad_ RMSprop
scatter SeedSequence Sequential SGD Sigmoid sigmoid Softmax softmax state_dict std_mean step sub_ t Tanh Tensor
tensor TensorDataset tensors to topk train training type uniform_ unsqueeze weight xavier_normal_ xavier_uniform_
zero_ zero_grad zeros_
"""

_PICTURES = """
add_collection axhline axis axvline bar cla clear close colorbar contour contourf errorbar figure fill_between gca
gcf get_color get_xlim get_ylim grid hist imshow invert_yaxis legend loglog matshow pcolormesh plot scatter semilogx
semilogy set set_aspect set_label set_ticks_position set_title set_xlabel set_xlim set_xscale set_xticklabels
set_xticks set_ylabel set_ylim set_yscale set_yticklabels set_yticks show subplots suptitle text tick_params
tight_layout title xaxis xlabel xlim xscale xticks yaxis ylabel ylim yscale yticks
"""

_PYTHON = """
appendleft args capitalize chain comb combinations copy count Counter cycle deepcopy defaultdict deque difference
digits discard dist endswith erf extend fabs factorial fromkeys fsum gauss gcd get index insert intersection isalpha
isdigit islice isqrt issubset issuperset items join keys lower lstrip most_common namedtuple OrderedDict pairwise
partial partition permutations pop popleft remove replace reverse rstrip setdefault splitlines starmap startswith
strip symmetric_difference title union update upper values zfill zip_longest
"""

WORDS = FILES.union(CONTEXTS, *(text.split() for text in (_MODULE_WORDS, _ARRAYS, _TENSORS, _PICTURES, _PYTHON)))
