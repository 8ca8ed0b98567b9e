"""
Writes test/golden/vision.json: what torchvision's transforms and models give for given seeds. Run by hand:

    python scripts/golden/vision.py

Needs `torchvision`; its compiled operations are not used, so that a build for another PyTorch will do.
"""
import json
import pathlib
import sys
import types

# Registers shapes of torchvision's compiled operations, which are not there beside a build of PyTorch without GPUs.
sys.modules['torchvision._meta_registrations'] = types.ModuleType('torchvision._meta_registrations')
import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
import torchvision  # noqa: E402
from PIL import Image  # noqa: E402
from torch import nn  # noqa: E402
from torchvision import models, transforms  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from generate import dumps, pack  # noqa: E402

SHAPE = (10, 13)


def pixels(channels=3):
    """Bytes (H, W, C) without a pattern that a transform might hide."""
    h, w = SHAPE
    i = torch.arange(h * w * channels)
    return ((i * i * 31 + i * 7) % 256).to(torch.uint8).reshape(h, w, channels)


INPUTS = {
    'pixels': lambda: pixels(),
    'bytes': lambda: pixels().permute(2, 0, 1).contiguous(),
    'floats': lambda: pixels().permute(2, 0, 1).contiguous().float().div(255),
}

# Transform, options, kinds of input, seeds.
TRANSFORMS = [
    ('CenterCrop', {'size': 5}, 'pixels bytes floats', 1),
    ('CenterCrop', {'size': [7, 4]}, 'pixels floats', 1),
    ('CenterCrop', {'size': [14, 6]}, 'pixels floats', 1),
    ('CenterCrop', {'size': [5, 16]}, 'pixels floats', 1),
    ('Pad', {'padding': 2}, 'pixels bytes floats', 1),
    ('Pad', {'padding': [1, 2], 'fill': 7}, 'pixels bytes floats', 1),
    ('Pad', {'padding': [1, 2, 3, 0], 'padding_mode': 'edge'}, 'pixels bytes floats', 1),
    ('Pad', {'padding': [3, 2], 'padding_mode': 'reflect'}, 'pixels bytes floats', 1),
    ('Pad', {'padding': [2, 3, 1, 4], 'padding_mode': 'symmetric'}, 'pixels bytes floats', 1),
    ('Resize', {'size': 5}, 'bytes floats', 1),
    ('Resize', {'size': [20, 9]}, 'bytes floats', 1),
    ('Resize', {'size': 8, 'max_size': 9}, 'floats', 1),
    ('Resize', {'size': [7, 6], 'interpolation': 'nearest'}, 'bytes floats', 1),
    ('Resize', {'size': [17, 6], 'interpolation': 'bicubic'}, 'bytes floats', 1),
    ('Resize', {'size': [5, 6], 'antialias': False}, 'floats', 1),
    ('Grayscale', {}, 'pixels bytes floats', 1),
    ('Grayscale', {'num_output_channels': 3}, 'pixels bytes floats', 1),
    ('RandomHorizontalFlip', {}, 'pixels floats', 4),
    ('RandomHorizontalFlip', {'p': 0.9}, 'floats', 2),
    ('RandomVerticalFlip', {}, 'pixels floats', 4),
    ('RandomCrop', {'size': [10, 13]}, 'pixels', 1),
    ('RandomCrop', {'size': 6}, 'pixels floats', 3),
    ('RandomCrop', {'size': [10, 12], 'padding': 4}, 'pixels bytes floats', 3),
    ('RandomCrop', {'size': 16, 'pad_if_needed': True, 'fill': 3}, 'pixels floats', 3),
    ('RandomCrop', {'size': 9, 'padding': [1, 2, 0, 3], 'padding_mode': 'reflect'}, 'pixels floats', 3),
    ('RandomResizedCrop', {'size': 6}, 'floats', 6),
    ('RandomResizedCrop', {'size': [4, 7], 'scale': [0.5, 1.0], 'ratio': [3.0, 4.0]}, 'floats', 3),
    ('RandomGrayscale', {'p': 0.5}, 'pixels floats', 3),
    ('ColorJitter', {'brightness': 0.5}, 'pixels bytes floats', 2),
    ('ColorJitter', {'contrast': [0.5, 2.5]}, 'pixels bytes floats', 2),
    ('ColorJitter', {'saturation': 3.0}, 'pixels bytes floats', 2),
    ('ColorJitter', {'hue': 0.5}, 'pixels bytes floats', 4),
    ('ColorJitter', {'brightness': 0.4, 'contrast': 0.3, 'saturation': 0.2, 'hue': 0.1}, 'pixels floats', 4),
    ('RandomRotation', {'degrees': 30}, 'pixels bytes floats', 4),
    ('RandomRotation', {'degrees': [-170.5, 170.5], 'interpolation': 'bilinear', 'fill': 9}, 'pixels floats', 4),
    ('RandomRotation', {'degrees': 90, 'expand': True, 'center': [3, 4]}, 'pixels', 3),
    ('RandomRotation', {'degrees': 60, 'expand': True, 'fill': [10, 20, 30]}, 'pixels floats', 3),
    ('RandomAffine', {'degrees': 20, 'translate': [0.2, 0.3], 'scale': [0.7, 1.2], 'shear': 10}, 'pixels bytes floats', 4),
    ('RandomAffine', {'degrees': [5, 15], 'shear': [-5, 5, 3, 9], 'interpolation': 'bilinear', 'center': [2, 3]}, 'pixels floats', 3),
    ('RandomAffine', {'degrees': 0, 'translate': [0.5, 0.5], 'scale': [0.5, 2.5], 'fill': 5}, 'pixels', 4),
    ('RandomErasing', {}, 'floats', 6),
    ('RandomErasing', {'p': 1, 'value': [0.25, 0.5, 0.75], 'scale': [0.1, 0.5]}, 'floats', 3),
    ('RandomErasing', {'p': 1, 'value': 'random'}, 'floats', 3),
]


def python_value(key, value):
    if key == 'interpolation':
        return transforms.InterpolationMode(value)
    return tuple(value) if isinstance(value, list) else value


def transform_cases():
    out = []
    for name, options, kinds, seeds in TRANSFORMS:
        transform = getattr(transforms, name)(**{k: python_value(k, v) for k, v in options.items()})
        for kind in kinds.split():
            for seed in range(seeds):
                torch.manual_seed(seed)
                x = INPUTS[kind]()
                if kind == 'pixels':
                    y = np.asarray(transform(Image.fromarray(x.numpy())))
                    y = torch.from_numpy(y.copy()).reshape(*y.shape[:2], -1)
                else:
                    y = transform(x)
                after = pack(torch.rand(2))['values']
                out.append({'name': name, 'options': options, 'kind': kind, 'seed': seed, 'text': str(transform),
                            'shape': list(y.shape), 'values': pack(y)['values'], 'after': after})
    return out


def conversions():
    out = []
    for source, target in (('uint8', 'float32'), ('float32', 'uint8'), ('uint8', 'int16'), ('int16', 'uint8'),
                           ('uint8', 'int32'), ('int32', 'int8'), ('float32', 'int16'), ('int16', 'float64')):
        x = torch.tensor([0, 1, 100, 127], dtype=torch.int32) * {'int16': 200, 'int32': 10000000}.get(source, 1)
        x = x.div(127) if source == 'float32' else x.to(getattr(torch, source))
        y = transforms.ConvertImageDtype(getattr(torch, target))(x)
        out.append({'from': source, 'to': target, 'input': pack(x)['values'], 'values': pack(y)['values']})
    return out


class LeNet(nn.Module):
    def __init__(self, num_classes=10, in_channels=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


# Function, options, side of the images, whether to train a step.
MODELS = [
    ('lenet', {}, 32, True),
    ('lenet', {'num_classes': 7, 'in_channels': 3}, 32, True),
    ('alexnet', {'num_classes': 5, 'dropout': 0.3}, 64, False),
    ('vgg11', {'num_classes': 10, 'init_weights': False}, 32, False),
    ('vgg16_bn', {'num_classes': 10}, 32, False),
    ('resnet18', {'num_classes': 10}, 64, True),
    ('resnet18', {'num_classes': 3, 'zero_init_residual': True}, 48, True),
    ('resnet34', {'num_classes': 10}, 32, True),
    ('resnet50', {'num_classes': 10}, 64, True),
    ('resnet50', {'num_classes': 10, 'replace_stride_with_dilation': [False, True, True]}, 40, True),
    ('resnet101', {'num_classes': 10}, 32, False),
    ('resnet152', {'num_classes': 10}, 32, False),
    ('resnext50_32x4d', {'num_classes': 10}, 32, False),
    ('wide_resnet50_2', {'num_classes': 10}, 32, False),
    ('mobilenet_v2', {'num_classes': 10}, 64, True),
    ('mobilenet_v2', {'num_classes': 10, 'width_mult': 0.35, 'round_nearest': 4}, 32, True),
]


def make(name, options):
    return LeNet(**options) if name == 'lenet' else getattr(models, name)(**options)


def refill(model):
    """Weights that depend on no normal draw, which differ by an ulp between implementations."""
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.rand(p.shape))
            if p.dim() > 1:
                p.sub_(0.5).mul_((12 / p[0].numel()) ** 0.5)


def model_cases():
    out = []
    for seed, (name, options, side, train) in enumerate(MODELS):
        torch.manual_seed(seed)
        model = make(name, options)
        state = model.state_dict()
        channels = state[next(iter(state))].shape[1]
        x = torch.rand(2, channels, side, side, dtype=torch.float64)
        case = {
            'name': name, 'options': options, 'seed': seed, 'side': side, 'channels': channels,
            # Shape, first and last element.
            'state': {k: [list(v.shape), *pack(v.reshape(-1)[[0, -1]])['values']] for k, v in state.items()},
            'input': pack(x.reshape(-1)[:3])['values'],
        }
        refill(model)
        # Batch statistics of two images magnify every rounding.
        model.to(torch.float64 if train else torch.float32)
        x = x.to(torch.float64 if train else torch.float32)
        if train:
            model.train()
            y = model(x)
            y.square().sum().backward()
            case['train'] = pack(y)['values']
            case['gradSums'] = [pack(p.grad.abs().sum())['values'][0] for p in model.parameters()]
        text = str(model)
        model.eval()
        with torch.no_grad():
            case['eval'] = pack(model(x))['values']
        if name in ('resnet18', 'mobilenet_v2', 'vgg11', 'lenet'):
            case['text'] = text
        out.append(case)
    return out


def main():
    torch.set_num_threads(1)
    data = {
        'torch': torch.__version__.split('+')[0], 'torchvision': torchvision.__version__.split('+')[0],
        'transforms': transform_cases(), 'conversions': conversions(), 'models': model_cases(),
    }
    path = ROOT / 'test' / 'golden' / 'vision.json'
    lines = []
    for key, value in data.items():
        body = '[\n' + ',\n'.join(map(dumps, value)) + '\n]' if isinstance(value, list) else json.dumps(value)
        lines.append(f'"{key}":{body}')
    path.write_text('{\n' + ',\n'.join(lines) + '\n}\n')
    print(f'{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.2f} MB')


if __name__ == '__main__':
    main()
